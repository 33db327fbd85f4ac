# Is a gradient right?

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
    $valley = { param($x) 100 * [Math]::Pow($x[1] - $x[0] * $x[0], 2) + [Math]::Pow(1 - $x[0], 2) }
    $slope = { param($x) (-400 * $x[0] * ($x[1] - $x[0] * $x[0]) - 2 * (1 - $x[0])), (200 * ($x[1] - $x[0] * $x[0])) }
}

Describe 'Test-Gradient' {
    It 'is true for a right gradient, at the start and at the minimum' {
        Test-Gradient -Function $valley -Gradient $slope -At -1.2, 1 | Should -BeTrue
        Test-Gradient -Function $valley -Gradient $slope -At 1, 1 | Should -BeTrue
    }

    It 'is false for <Name>' -ForEach @(
        @{
            Name = 'a wrong sign'
            Gradient = { param($x) (-400 * $x[0] * ($x[1] - $x[0] * $x[0]) + 2 * (1 - $x[0])), (200 * ($x[1] - $x[0] * $x[0])) }
        }
        @{
            Name = 'a missing factor'
            Gradient = { param($x) (-400 * $x[0] * ($x[1] - $x[0] * $x[0]) - 2 * (1 - $x[0])), (100 * ($x[1] - $x[0] * $x[0])) }
        }
        @{
            Name = 'exchanged components'
            Gradient = { param($x) (200 * ($x[1] - $x[0] * $x[0])), (-400 * $x[0] * ($x[1] - $x[0] * $x[0]) - 2 * (1 - $x[0])) }
        }
    ) {
        Test-Gradient -Function $valley -Gradient $Gradient -At -1.2, 1 | Should -BeFalse
    }

    It 'answers for each point' {
        (2, 2), (2, 3) | Test-Gradient { param($x) $x[0] * $x[1] } -Gradient { param($x) $x[0], $x[1] } | Should -Be $true, $false
    }

    It 'warns where there is no derivative' {
        Test-Gradient { param($x) [Math]::Abs($x[0]) } 0 -Gradient { 1 } -WarningVariable warnings -WarningAction SilentlyContinue |
            Should -BeTrue
        "$warnings" | Should -BeLike '*kink*'
    }

    It 'calls a gradient of the wrong length an error' {
        { Test-Gradient $valley 1, 1 -Gradient { 1 } -ErrorAction Stop } | Should -Throw -ErrorId 'GradientLengthChanged,*'
    }
}

Describe 'Measure-GradientError' {
    It 'shows what is wrong' {
        $result = Measure-GradientError { param($x) $x[0] * $x[1] } 2, 3 -Gradient { param($x) $x[1], (2 * $x[0]) }
        $result | Should -BeOfType [PhysOpt.GradientError]
        $result.IsCorrect | Should -BeFalse
        $result.WorstComponent | Should -Be 1
        $result.Source | Should -Be 'Supplied'
        $result.Components.Verdict | Should -Be 'Right', 'Wrong'
        $result.Message | Should -BeLike '*component 1 is 4, but must be 2*'
    }

    It 'measures the derivatives of a problem when no gradient is given' {
        (Measure-GradientError -Problem ThreeSpaces).Source | Should -Be 'Exact'
        (Measure-GradientError -Problem ThreeSpaces -Derivative FiniteDifference).MaximumError | Should -BeLessThan 1e-7
    }
}
