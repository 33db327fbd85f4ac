<#
.SYNOPSIS
Compares gradient descent, Newton's method and the inverse simulator on y = (x0, x1^2), L = |y|^2 from (3,3).

.DESCRIPTION
The comparison of the chapter "Simple Example comparing Different Optimizers" of Physics-based Deep Learning: one problem seen in
three spaces. x is what is looked for, y what the physics makes of it, L the loss. Gradient descent looks at x, Newton's method
corrects x by the curvature of L, the inverse simulator takes its step in y and pulls it back.

.EXAMPLE
./examples/CompareOptimizers.ps1

.EXAMPLE
dotnet pwsh examples/CompareOptimizers.ps1 -Iterations 20
#>
param(
    # The number of updates of each method.
    [ValidateRange(1, 1000)]
    [int] $Iterations = 10
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module PhysOpt)) { Import-Module "$PSScriptRoot/../PhysOpt.psd1" }

function Show-Title([string] $Text) { "`n== $Text ==" | Out-Host }

# Numbers as people read them, in no culture.
function Format-Number([double[]] $Value, [string] $Format = 'G7') {
    "($(($Value | ForEach-Object { $_.ToString($Format, [cultureinfo]::InvariantCulture) }) -join ', '))"
}

# --- The problem ----------------------------------------------------------------------------------------------------------------------

$physics = { param($x) $x[0], ($x[1] * $x[1]) }
$loss = { param($y) $y[0] * $y[0] + $y[1] * $y[1] }
$inverse = { param($y) $y[0], [Math]::Sqrt($y[1]) }

$problem = New-OptimizationProblem -Name 'ThreeSpaces' -Physics $physics -Inverse $inverse -InitialGuess 3, 3 -Solution 0, 0

# --- Sanity checks --------------------------------------------------------------------------------------------------------------------

Show-Title 'At the start'
$x = $problem.InitialGuess
$y = & $physics $x
$J = Get-Jacobian $physics -At $x
$Jx = $J.Multiply($x)
$determinant = $J[0, 0] * $J[1, 1] - $J[0, 1] * $J[1, 0]
$back = (($J[1, 1] * $Jx[0] - $J[0, 1] * $Jx[1]) / $determinant), (($J[0, 0] * $Jx[1] - $J[1, 0] * $Jx[0]) / $determinant)

"x              $(Format-Number $x)"
"y(x)           $(Format-Number $y)"
"L(y)           $(& $loss $y)"
"dL/dy          $(Format-Number (Get-Gradient $loss -At $y))"
"dL/dx          $(Format-Number (Get-Gradient -Problem $problem))"
"dy/dx          $(Format-Number $J.Row(0)), $(Format-Number $J.Row(1))"
"J^-1 (J x)     $(Format-Number $back)"

# --- Three methods --------------------------------------------------------------------------------------------------------------------

Show-Title "Trajectories in x: $Iterations iterations each"
$gradientDescent = @($problem | Invoke-GradientDescent -LearningRate 0.01 -MaxIterations $Iterations)
$newton = @($problem | Invoke-NewtonStep -LearningRate (1 / 3) -MaxIterations $Iterations)
$inverseSimulator = @($problem | Invoke-InverseSimulator -LearningRate 0.3 -MaxIterations $Iterations)
$gradientDescent + $newton + $inverseSimulator | Out-Host

Show-Title 'Diagonal alignment of the first update'
$gradientDescent + $newton + $inverseSimulator | Measure-DiagonalAlignment | Out-Host

Show-Title 'Where they end, and how'
$gradientDescent + $newton + $inverseSimulator | Measure-Trajectory | Out-Host

# --- The same runs in the space of y --------------------------------------------------------------------------------------------------

Show-Title 'Trajectories in y: the inverse simulator goes straight'
0..([Math]::Min([Math]::Min($gradientDescent.Count, $newton.Count), $inverseSimulator.Count) - 1) | ForEach-Object {
    [pscustomobject] @{
        Iteration        = $_
        GradientDescent  = Format-Number $gradientDescent[$_].Y
        Newton           = Format-Number $newton[$_].Y
        InverseSimulator = Format-Number $inverseSimulator[$_].Y
    }
} | Out-Host

# --- Without an analytic inverse ------------------------------------------------------------------------------------------------------

Show-Title 'Numeric inverse: which x near (3,3) gives y = (2,2)?'
Find-NumericInverse -Problem $problem -Target 2, 2 | Out-Host

Show-Title 'Inverse simulator with the numeric inverse, against the analytic one'
$numeric = @($problem | Invoke-InverseSimulator -LearningRate 0.3 -MaxIterations $Iterations -InverseMethod Lbfgs)
Compare-Trajectory -ReferenceTrajectory $inverseSimulator -DifferenceTrajectory $numeric | Out-Host
