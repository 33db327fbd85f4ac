<#
.SYNOPSIS
Builds, shows, tests, measures and packages PhysOpt.

.DESCRIPTION
The one entry point. It needs the .NET SDK alone: `dotnet tool restore` brings PowerShell, and `dotnet pwsh build.ps1` runs this script in it.
An installed PowerShell 7.6 does as well.

.PARAMETER Task
Build    the module, so that Import-Module ./PhysOpt.psd1 works, and everything else
Example  builds, compares three methods (examples/CompareOptimizers.ps1) and draws the five pictures of the comparison into out/figures
Test     builds, runs all tests of the numerics and of the module, then the specs of tests/Pester in Pester, and counts them all
Bench    the measurements of bench/README.md
Package  the module as users get it, in out/PhysOpt/<version>/

.PARAMETER Configuration
Release, or Debug to step through the code: the numerics are ten times slower there. A package and the measurements are always Release.

.PARAMETER OutputPath
Where the task Package puts the module's folder; "out" beside this script unless given.

.EXAMPLE
dotnet tool restore && dotnet pwsh build.ps1 Example

.EXAMPLE
dotnet tool restore && dotnet pwsh build.ps1 Test

.EXAMPLE
./build.ps1 Package -OutputPath ./somewhere
#>
#Requires -Version 7.6
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Example', 'Test', 'Bench', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [string] $OutputPath
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$root = $PSScriptRoot

function Invoke-DotNet([string[]] $Argument) {
    & dotnet @Argument
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($Argument -join ' ') ended with exit code $LASTEXITCODE." }
}

# A script in a fresh PowerShell like this one. The tool of dotnet has no program of its own: there dotnet runs pwsh.dll.
function Invoke-FreshPowerShell([string] $Script, [string[]] $Argument) {
    $program = [Environment]::ProcessPath
    $library = [IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet' ? @("$PSHOME/pwsh.dll") : @()
    & $program @library -NoProfile -File $Script @Argument
}

function Invoke-BuildTask { Invoke-DotNet 'build', $root, '--configuration', $Configuration }

function Invoke-ExampleTask {
    Invoke-BuildTask
    foreach ($example in 'CompareOptimizers', 'ThreeSpacesFigures') {
        if ($example -eq 'ThreeSpacesFigures') { "`nThe five pictures of this comparison:" }
        Invoke-FreshPowerShell "$root/examples/$example.ps1"
        if ($LASTEXITCODE -ne 0) { throw "examples/$example.ps1 ended with exit code $LASTEXITCODE." }
    }
}

function Invoke-TestTask {
    $results = "$root/out/tests"
    if (Test-Path $results) { Remove-Item $results -Recurse }
    Invoke-BuildTask

    $suites = @(Get-ChildItem "$root/tests/*/*.csproj" | ForEach-Object { @{ Name = $_.BaseName; Project = $_.FullName; Result = "$results/$($_.BaseName).trx" } })
    foreach ($suite in $suites) {
        "`n$($suite.Name)" | Out-Host
        Invoke-DotNetTest $suite
    }
    $suites += @{ Name = 'Pester'; Result = "$results/Pester.json" }
    "`nPester" | Out-Host
    Invoke-FreshPowerShell "$root/tests/Pester/Run.ps1" -Argument '-ResultPath', $suites[-1].Result
    $suites[-1].ExitCode = $LASTEXITCODE

    $counts = @($suites | ForEach-Object { Get-TestCount $_ })
    $counts | Format-Table Suite, Passed, Failed, Skipped, Remark | Out-Host
    $passed, $failed = ($counts | Measure-Object Passed -Sum).Sum, ($counts | Measure-Object Failed -Sum).Sum
    "$passed passed, $failed failed"
    if ($failed -gt 0) { exit 1 }
}

function Invoke-DotNetTest($Suite) {
    $file = [IO.Path]::GetFileName($Suite.Result)
    & dotnet test $Suite.Project --no-build --configuration $Configuration --logger "trx;LogFileName=$file" --results-directory "$root/out/tests"
    $Suite.ExitCode = $LASTEXITCODE
}

# What a suite has left behind. A suite that crashed, or in which no test was run, counts as one failure at least.
function Get-TestCount($Suite) {
    $count = [pscustomobject] @{ Suite = $Suite.Name; Passed = 0; Failed = 0; Skipped = 0; Remark = '' }
    if (-not (Test-Path $Suite.Result)) { $count.Remark = 'left no result' }
    elseif ($Suite.Result -like '*.json') {
        $result = Get-Content $Suite.Result -Raw | ConvertFrom-Json
        $count.Passed, $count.Failed, $count.Skipped, $count.Remark = $result.Passed, $result.Failed, $result.Skipped, $result.Remark
    }
    else {
        $result = ([xml] (Get-Content $Suite.Result -Raw)).TestRun.ResultSummary.Counters
        $count.Passed, $count.Failed, $count.Skipped = [int] $result.passed, ([int] $result.executed - [int] $result.passed), ([int] $result.total - [int] $result.executed)
    }
    if ($count.Passed -eq 0 -and -not $count.Remark) { $count.Remark = 'no test passed' }
    if ($Suite.ExitCode -ne 0 -and -not $count.Remark) { $count.Remark = "ended with exit code $($Suite.ExitCode)" }
    if ($count.Remark -and $count.Failed -eq 0) { $count.Failed = 1 }
    $count
}

function Invoke-BenchTask { Invoke-DotNet 'run', '--configuration', 'Release', '--project', "$root/bench/PhysOpt.Bench" }

function Invoke-PackageTask {
    $folder = $OutputPath ? $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath) : "$root/out"
    Invoke-DotNet 'build', $root, '-t:PackageModule', "-p:PackageFolder=$folder"
}

foreach ($name in $Task) { & "Invoke-$($name)Task" }
