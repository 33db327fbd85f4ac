<#
.SYNOPSIS
Runs the specs of this folder in Pester, as build.ps1 Test does. The module must have been built before.

.EXAMPLE
dotnet pwsh tests/Pester/Run.ps1

.EXAMPLE
dotnet pwsh tests/Pester/Run.ps1 Errors -Output Detailed
#>
#Requires -Version 7.6
[CmdletBinding()]
param(
    # The beginning of the names of the spec files to run; all unless given.
    [Parameter(Position = 0)]
    [string] $Name,

    # How much Pester shows.
    [ValidateSet('Normal', 'Detailed', 'Diagnostic')]
    [string] $Output = 'Normal',

    # Where to write what came out, as JSON: Passed, Failed, Skipped, Remark, Failures.
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'

# The build has fetched it into NuGet's folder, which only the build knows.
$pester = & dotnet msbuild "$PSScriptRoot/../PhysOpt.PowerShell.Tests/PhysOpt.PowerShell.Tests.csproj" -getProperty:PesterManifest
if ($LASTEXITCODE -ne 0 -or -not (Test-Path $pester)) { throw "Pester is not in NuGet's folder ('$pester'). Run dotnet build first." }
Import-Module $pester

$specs = @(Get-ChildItem "$PSScriptRoot/$Name*.Tests.ps1")
if (-not $specs) { throw "There is no spec file $Name*.Tests.ps1 in $PSScriptRoot." }
$configuration = New-PesterConfiguration
$configuration.Run.Path = $specs.FullName
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $Output
$result = Invoke-Pester -Configuration $configuration

# A setup that fails outside of all tests, and a file in which no test was found, are failures too.
$broken = @($result.FailedContainers | ForEach-Object { $_.Item.Name })
$empty = @($result.Containers | Where-Object TotalCount -EQ 0 | ForEach-Object { $_.Item.Name } | Where-Object { $_ -notin $broken })
$ran = @($result.Containers | ForEach-Object { $_.Item.Name })
$missing = @($specs.Name | Where-Object { $_ -notin $ran })
$failed = $result.FailedCount + $result.FailedBlocksCount + $broken.Count + $empty.Count + $missing.Count
$remark = @(
    if ($broken) { "failed as a whole: $broken" }
    if ($empty) { "no test found in $empty" }
    if ($missing) { "not run: $missing" }
    if ($result.NotRunCount -gt 0) { "$($result.NotRunCount) tests not run" }
) -join '; '
if ($ResultPath) {
    $null = New-Item (Split-Path $ResultPath) -ItemType Directory -Force
    $skipped = $result.SkippedCount + $result.InconclusiveCount
    $failures = @($result.Failed | ForEach-Object { "FAILED: $($_.ExpandedPath)", "$($_.ErrorRecord)" -join "`n    " })
    [ordered] @{
        Passed = [int] $result.PassedCount; Failed = $failed; Skipped = $skipped; Remark = $remark; Failures = $failures
    } | ConvertTo-Json | Set-Content $ResultPath
}
exit [int] ($failed -gt 0 -or [int] $result.PassedCount -eq 0)
