<#
.SYNOPSIS
Builds, tests and packages PhysOpt.

.DESCRIPTION
The one entry point for people with PowerShell 7.6. It needs the .NET SDK; the task Pester needs Pester 5 or later besides.
Written with the engine's own cmdlets and .NET only, so that it runs wherever the engine does.

.PARAMETER Task
Build    the module, so that Import-Module ./PhysOpt.psd1 works, and everything else
Test     all tests that need the .NET SDK alone
Pester   the specs in tests/Pester with Pester itself
Package  the module as users get it, in out/PhysOpt/<version>/
Bench    the measurements of bench/README.md

.PARAMETER Configuration
Debug or Release. A package is always Release.

.PARAMETER OutputPath
Where the task Package puts the module's folder; "out" beside this script unless given.

.EXAMPLE
./build.ps1

.EXAMPLE
./build.ps1 Build, Pester

.EXAMPLE
./build.ps1 Package -OutputPath ./somewhere
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pester', 'Package', 'Bench')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [string] $OutputPath
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot

function Invoke-DotNet([string[]] $Argument) {
    & dotnet @Argument | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($Argument -join ' ') ended with exit code $LASTEXITCODE." }
}

function Invoke-BuildTask { Invoke-DotNet 'build', $root, '--configuration', $Configuration }

function Invoke-TestTask { Invoke-DotNet 'test', $root, '--configuration', $Configuration }

function Invoke-PesterTask {
    $pester = Get-Module Pester -ListAvailable | Where-Object { $_.Version -ge [version] '5.0' }
    if (-not $pester) { throw 'Pester 5 or later is not installed. Run Install-Module Pester, or run the specs without it: dotnet test.' }
    Invoke-BuildTask
    Import-Module Pester -MinimumVersion 5.0
    $result = Invoke-Pester -Path "$root/tests/Pester" -Output Detailed -PassThru
    if ($result.FailedCount -gt 0) { throw "$($result.FailedCount) specs failed." }
}

function Invoke-PackageTask {
    $folder = $OutputPath ? $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath) : "$root/out"
    Invoke-DotNet 'build', $root, '-t:PackageModule', "-p:PackageFolder=$folder"
}

function Invoke-BenchTask { Invoke-DotNet 'run', '--configuration', 'Release', '--project', "$root/bench/PhysOpt.Bench" }

foreach ($name in $Task) { & "Invoke-$($name)Task" }
