# The part of Pester that the specs here are written in. It passes in pwsh with Pester 5 or 6, and in the engine without them.

BeforeDiscovery {
    $fromDiscovery = @('first', 'second')
}

BeforeAll {
    $fromFile = 'file'
    function Get-Double([double] $Value) { 2 * $Value }
}

Describe 'Scopes' {
    BeforeAll {
        $fromBlock = 'block'
        $order = [System.Collections.Generic.List[string]]::new()
    }

    BeforeEach {
        $fromEach = 'each'
        $order.Add('outer')
    }

    It 'sees the variables of BeforeAll and BeforeEach' {
        $fromFile, $fromBlock, $fromEach | Should -Be 'file', 'block', 'each'
    }

    It 'sees functions of BeforeAll' {
        Get-Double 1.5 | Should -Be 3
    }

    It 'may change a variable of BeforeAll for itself' {
        $fromBlock = 'changed'
        $fromBlock | Should -Be 'changed'
    }

    It 'finds it unchanged afterwards' {
        $fromBlock | Should -Be 'block'
    }

    Context 'within' {
        BeforeAll {
            $fromBlock = 'nested'
        }

        BeforeEach {
            $order.Add('inner')
        }

        It 'sees the nearest value' {
            $fromBlock | Should -Be 'nested'
        }

        It 'runs the BeforeEach of the outer block first' {
            $order[-2, -1] | Should -Be 'outer', 'inner'
        }
    }

    $fromDescribe = 'discovery'

    It 'does not see what a block sets during discovery' {
        $fromDescribe | Should -BeNullOrEmpty
    }
}

Describe 'Data' {
    It 'gives <name> as variables' -ForEach @(
        @{ Name = 'one'; Value = 1; Expected = 2 }
        @{ Name = 'two'; Value = 2; Expected = 4 }
    ) {
        Get-Double $Value | Should -Be $Expected
        $_.Name | Should -Be $Name
    }

    It 'gives <_> as the item' -ForEach $fromDiscovery {
        $_ | Should -BeIn 'first', 'second'
    }

    Context 'for a block with <Factor>' -ForEach @(@{ Factor = 3 }, @{ Factor = 5 }) {
        BeforeAll {
            $product = 2 * $Factor
        }

        It 'is there in BeforeAll and in It' {
            $product / $Factor | Should -Be 2
        }
    }
}

Describe 'Files' {
    It 'knows where the spec is' {
        $PSScriptRoot | Should -Exist
        $PSCommandPath | Should -BeLike '*Spec.Language.Tests.ps1'
    }

    It 'has a folder for the test' {
        [System.IO.File]::WriteAllText("$TestDrive/note.txt", 'kept until the block ends')
        'TestDrive:/note.txt' | Should -Exist
        "$TestDrive/other.txt" | Should -Not -Exist
    }
}

Describe 'Should' {
    It 'compares values' {
        1 | Should -Be 1 -Because 'the sky is blue'
        'a' | Should -Be 'A'
        'a' | Should -BeExactly 'a'
        'a' | Should -Not -BeExactly 'A'
        1 | Should -Not -Be 2
        Should -ActualValue 3 -Be 3
    }

    It 'orders values' {
        1 | Should -BeLessThan 2
        2 | Should -BeLessOrEqual 2
        3 | Should -BeGreaterThan 2
        3 | Should -BeGreaterOrEqual 3
        3 | Should -Not -BeLessThan 3
    }

    It 'compares collections' {
        1, 2 | Should -Be 1, 2
        1, 2 | Should -Not -Be 2, 1
        1, 2 | Should -HaveCount 2
        @() | Should -HaveCount 0
        1, 2, 3 | Should -Contain 2
        1, 2, 3 | Should -Not -Contain 4
        2 | Should -BeIn 1, 2
    }

    It 'knows nothing when it sees it' {
        $null | Should -BeNullOrEmpty
        @() | Should -BeNullOrEmpty
        '' | Should -BeNullOrEmpty
        0 | Should -Not -BeNullOrEmpty
    }

    It 'knows types and truth' {
        1 | Should -BeOfType [int]
        1 | Should -BeOfType System.ValueType
        1 | Should -Not -BeOfType ([string])
        1 | Should -BeTrue
        0 | Should -BeFalse
    }

    It 'compares text' {
        'iteration 12' | Should -Match '^Iteration \d+$'
        'iteration 12' | Should -MatchExactly '^iteration'
        'iteration 12' | Should -BeLike 'Iteration*'
        'iteration 12' | Should -BeLikeExactly 'iteration*'
        'iteration 12' | Should -Not -BeLikeExactly 'Iteration*'
    }

    It 'catches errors' {
        { throw 'out of range' } | Should -Throw
        { throw 'out of range' } | Should -Throw 'out of *'
        { throw 'out of range' } | Should -Throw -ExceptionType ([System.Management.Automation.RuntimeException])
        { [int]::Parse('x') } | Should -Throw -ErrorId 'FormatException'
        { Get-Command no-such-command -ErrorAction Stop } | Should -Throw -ErrorId 'CommandNotFoundException,*'
        { Get-Command no-such-command -ErrorAction SilentlyContinue } | Should -Not -Throw
        $caught = { throw 'out of range' } | Should -Throw -PassThru
        $caught.Exception.Message | Should -Be 'out of range'
    }

    It 'ends the test when it fails' {
        { 1 | Should -Be 2 } | Should -Throw 'Expected 2, but got 1.' -ErrorId 'PesterAssertionFailed*'
    }
}

Describe 'Skipping' {
    It 'skips what is marked' -Skip {
        throw 'must not run'
    }

    It 'skips on a condition of discovery' -Skip:($fromDiscovery.Count -eq 2) {
        throw 'must not run'
    }

    It 'skips from within' {
        Set-ItResult -Skipped -Because 'it was asked to'
        throw 'must not run'
    }

    It 'writes a table' -Tag FullPowerShell {
        @{ a = 1 } | ConvertTo-Json | Should -Match '"a"'
    }
}
