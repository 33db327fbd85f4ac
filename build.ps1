<#
.SYNOPSIS
Builds, shows, tests, measures and packages PhysOpt.

.DESCRIPTION
The one entry point. It needs the .NET SDK alone: `dotnet tool restore` brings PowerShell, and `dotnet pwsh build.ps1`
runs this script in it. An installed PowerShell 7.6 does as well.

.PARAMETER Task
Build    the module, so that Import-Module ./PhysOpt.psd1 works, and everything else
Example  builds, compares three methods (examples/CompareOptimizers.ps1) and draws five pictures into out/figures
Test     builds, runs all tests of the numerics and of the module, then all specs in Pester, and counts them
Bench    the measurements of bench/README.md
Package  the module as users get it, in out/PhysOpt/<version>/

.PARAMETER Configuration
Release, or Debug to step through the code: the numerics are ten times slower there. A package and the measurements
are always Release.

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
$results = "$root/out/tests"

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
    if (Test-Path $results) { Remove-Item $results -Recurse }
    Invoke-DotNet 'tool', 'restore', '--tool-manifest', "$root/dotnet-tools.json" # what the tests start is the pinned PowerShell
    Invoke-BuildTask
    $counts = @(
        foreach ($project in Get-ChildItem "$root/tests/*/*.csproj") { Measure-TestProject $project }
        Measure-Spec
    )
    $counts | Format-Table Suite, Passed, Failed, Skipped, Remark -AutoSize -Wrap | Out-Host
    $counts.Failures
    $passed, $failed = ($counts | Measure-Object Passed -Sum).Sum, ($counts | Measure-Object Failed -Sum).Sum
    "$passed passed, $failed failed"
    if ($failed -gt 0) { exit 1 }
}

function Measure-TestProject([IO.FileInfo] $Project) {
    $name = $Project.BaseName
    "`n$name" | Out-Host
    & dotnet test $Project --no-build -c $Configuration --logger "trx;LogFileName=$name.trx" --results-directory $results | Out-Host
    Get-TestCount $name "$results/$name.trx" $LASTEXITCODE
}

function Measure-Spec {
    "`nPester" | Out-Host
    Invoke-FreshPowerShell "$root/tests/Pester/Run.ps1" -Argument '-ResultPath', "$results/Pester.json" | Out-Host
    Get-TestCount 'Pester' "$results/Pester.json" $LASTEXITCODE
}

# What a suite has left behind: counts, and each failed test with its message. A suite that crashed, or in which no
# test passed, counts as one failure at least, and is named like a test.
function Get-TestCount([string] $Suite, [string] $Result, [int] $ExitCode) {
    $count = [pscustomobject] @{ Suite = $Suite; Passed = 0; Failed = 0; Skipped = 0; Remark = ''; Failures = @() }
    if (-not (Test-Path $Result)) { $count.Remark = 'left no result' }
    elseif ($Result -like '*.json') {
        $read = Get-Content $Result -Raw | ConvertFrom-Json
        $count.Passed, $count.Failed, $count.Skipped, $count.Remark = $read.Passed, $read.Failed, $read.Skipped, $read.Remark
        $count.Failures = @($read.Failures)
    }
    else {
        $run = ([xml] (Get-Content $Result -Raw)).TestRun
        $read = $run.ResultSummary.Counters
        $count.Passed, $count.Failed = [int] $read.passed, ([int] $read.executed - [int] $read.passed)
        $count.Skipped = [int] $read.total - [int] $read.executed
        $count.Failures = @(
            foreach ($test in $run.SelectNodes("//*[local-name() = 'UnitTestResult'][@outcome = 'Failed']")) {
                "FAILED: $($test.testName)", "$($test.Output.ErrorInfo.Message)" -join "`n    "
            }
        )
    }
    $wrong = if ($count.Passed -eq 0) { 'no test passed' } elseif ($ExitCode -ne 0) { "ended with exit code $ExitCode" }
    if ($count.Failed -eq 0 -and $wrong) {
        $count.Failed = 1
        if (-not $count.Remark) { $count.Remark = $wrong }
    }
    if ($count.Failed -gt 0 -and -not $count.Failures) { $count.Failures = @("FAILED: ${Suite}: $($count.Remark)") }
    $count
}

function Invoke-BenchTask { Invoke-DotNet 'run', '--configuration', 'Release', '--project', "$root/bench/PhysOpt.Bench" }

function Invoke-PackageTask {
    $paths = $ExecutionContext.SessionState.Path
    $folder = $OutputPath ? $paths.GetUnresolvedProviderPathFromPSPath($OutputPath) : "$root/out"
    Invoke-DotNet 'build', $root, '-t:PackageModule', "-p:PackageFolder=$folder"
}

foreach ($name in $Task) { & "Invoke-$($name)Task" }
