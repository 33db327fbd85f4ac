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

    # Where to write what came out, as JSON: Passed, Failed, Skipped, Remark.
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'

# The build has fetched it into NuGet's folder, which only the build knows.
$pester = & dotnet msbuild "$PSScriptRoot/../PhysOpt.PowerShell.Tests/PhysOpt.PowerShell.Tests.csproj" -getProperty:PesterManifest
if ($LASTEXITCODE -ne 0 -or -not (Test-Path $pester)) { throw "Pester is not in NuGet's folder ('$pester'). Run dotnet build first." }
Import-Module $pester

$configuration = New-PesterConfiguration
$configuration.Run.Path = "$PSScriptRoot/$Name*.Tests.ps1"
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $Output
$result = Invoke-Pester -Configuration $configuration

# A setup that fails outside of all tests, and a file in which no test was found, are failures too.
$empty = @($result.Containers | Where-Object TotalCount -EQ 0)
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount + $empty.Count
$remark = @(
    if ($result.FailedContainersCount -gt 0) { "failed as a whole: $($result.FailedContainers.Item.Name -join ', ')" }
    if ($empty.Count -gt 0) { "no test found in $($empty.Item.Name -join ', ')" }
    if ($result.NotRunCount -gt 0) { "$($result.NotRunCount) not run" }
) -join '; '
if ($ResultPath) {
    $null = New-Item (Split-Path $ResultPath) -ItemType Directory -Force
    [ordered] @{ Passed = $result.PassedCount; Failed = $failed; Skipped = $result.SkippedCount + $result.InconclusiveCount; Remark = $remark } |
        ConvertTo-Json | Set-Content $ResultPath
}
exit [int] ($failed -gt 0 -or $result.PassedCount -eq 0)
