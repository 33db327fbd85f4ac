# build.ps1. What its task Package makes is tested elsewhere, as that takes a build.

BeforeAll {
    $script = "$PSScriptRoot/../../build.ps1"
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

Describe 'The build' {
    It 'refuses an unknown task and names those it knows' {
        { & $script Fly } | Should -Throw '*Build,Example,Test,Bench,Package*'
    }

    It 'gives assemblies and manifest one version' {
        [PhysOpt.Vector].Assembly.GetName().Version.ToString(3) | Should -Be (Get-Module PhysOpt).Version.ToString()
    }
}

Describe 'The count of tests' {
    BeforeAll {
        $syntax = [Management.Automation.Language.Parser]::ParseFile($script, [ref] $null, [ref] $null)
        . ([scriptblock]::Create($syntax.Find({ $args[0].Name -eq 'Get-TestCount' }, $true).Extent.Text))

        function Write-Result([int] $Total, [int] $Executed, [int] $Passed) {
            "<TestRun><ResultSummary><Counters total='$Total' executed='$Executed' passed='$Passed' /></ResultSummary></TestRun>" |
                Set-Content "$TestDrive/suite.trx"
        }
    }

    It 'is what a suite of <Total> has left behind' -ForEach @(
        @{ Total = 7; Executed = 7; Passed = 7; ExitCode = 0; Text = '7 0 0 ' }
        @{ Total = 7; Executed = 6; Passed = 4; ExitCode = 1; Text = '4 2 1 ' }
        @{ Total = 3; Executed = 3; Passed = 3; ExitCode = 134; Text = '3 1 0 ended with exit code 134' }
        @{ Total = 5; Executed = 0; Passed = 0; ExitCode = 0; Text = '0 1 5 no test passed' }
        @{ Total = 0; Executed = 0; Passed = 0; ExitCode = 0; Text = '0 1 0 no test passed' }
    ) {
        Write-Result $Total $Executed $Passed
        $count = Get-TestCount 'Suite' "$TestDrive/suite.trx" $ExitCode
        "$($count.Passed) $($count.Failed) $($count.Skipped) $($count.Remark)" | Should -Be $Text
    }

    It 'has a failure for a suite that left nothing behind' {
        $count = Get-TestCount 'Suite' "$TestDrive/none.trx" 0
        $count.Failed | Should -Be 1
        $count.Remark | Should -Be 'left no result'
        $count.Failures | Should -Be 'FAILED: Suite: left no result'
    }

    It 'takes the specs as they were counted' {
        '{ "Passed": 2, "Failed": 1, "Skipped": 0, "Remark": "no test found in Empty.Tests.ps1", "Failures": ["FAILED: a"] }' |
            Set-Content "$TestDrive/p.json"
        $count = Get-TestCount 'Pester' "$TestDrive/p.json" 1
        $count.Passed, $count.Failed, $count.Remark | Should -Be 2, 1, 'no test found in Empty.Tests.ps1'
        $count.Failures | Should -Be 'FAILED: a'
    }

    It 'names what failed, with its message' {
        "<TestRun><Results><UnitTestResult testName='Good' outcome='Passed' /><UnitTestResult testName='Bad' outcome='Failed'>" +
            "<Output><ErrorInfo><Message>Assert.Equal() Failure</Message></ErrorInfo></Output></UnitTestResult></Results>" +
            "<ResultSummary><Counters total='2' executed='2' passed='1' /></ResultSummary></TestRun>" | Set-Content "$TestDrive/suite.trx"
        (Get-TestCount 'Suite' "$TestDrive/suite.trx" 1).Failures | Should -Be "FAILED: Bad`n    Assert.Equal() Failure"
    }
}
