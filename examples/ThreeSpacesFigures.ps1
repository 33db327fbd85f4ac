<#
.SYNOPSIS
Draws the five pictures of the comparison of gradient descent, Newton's method and the inverse simulator.

.DESCRIPTION
The pictures of the chapter "Simple Example comparing Different Optimizers" of Physics-based Deep Learning, 400 x 400
pixels each: y = (x0, x1^2), L = |y|^2 from (3,3), ten updates.

1-gradient-descent   the path of gradient descent in x: x1 shrinks fast, x0 hardly at all
2-newton             Newton's method beside it: better, but curved
3-inverse-simulator  the inverse simulator beside both: a step in y, pulled back to x
4-y-inverse          the path of the inverse simulator in y: straight to the solution
5-y-space            all three in y

.EXAMPLE
./examples/ThreeSpacesFigures.ps1

.EXAMPLE
dotnet pwsh examples/ThreeSpacesFigures.ps1 -Format svg
#>
param(
    # The folder that the pictures are written into; it is made where it does not exist.
    [string] $OutputPath = "$PSScriptRoot/../out/figures",

    # PNG or SVG.
    [ValidateSet('png', 'svg')]
    [string] $Format = 'png'
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module PhysOpt)) { Import-Module "$PSScriptRoot/../PhysOpt.psd1" }

$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath)
$null = [IO.Directory]::CreateDirectory($folder)

$gradientDescent = @(Invoke-GradientDescent ThreeSpaces -LearningRate 0.01 -MaxIterations 10)
$newton = @(Invoke-NewtonStep ThreeSpaces -LearningRate (1 / 3) -MaxIterations 10)
$inverseSimulator = @(Invoke-InverseSimulator ThreeSpaces -LearningRate 0.3 -MaxIterations 10)

function Export-Figure([string] $Name, [object[]] $Record, [string] $Space, [string] $Title) {
    $Record |
        Export-TrajectoryPlot "$folder/$Name.$Format" -Space $Space -Title $Title -Scatter -Width 400 -Height 400 -Force -PassThru |
        ForEach-Object FullName
}

Export-Figure '1-gradient-descent' $gradientDescent X 'x space'
Export-Figure '2-newton' ($gradientDescent + $newton) X 'x space'
Export-Figure '3-inverse-simulator' ($gradientDescent + $newton + $inverseSimulator) X 'x space'
Export-Figure '4-y-inverse' $inverseSimulator Y 'y space'
Export-Figure '5-y-space' ($gradientDescent + $newton + $inverseSimulator) Y 'y space'
