# Arithmetic on the values of a quantity on a grid.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
    $u = [PhysOpt.Field](1, 4, 9)
}

Describe 'PhysOpt.Field' {
    It 'computes <Text> value by value' -ForEach @(
        @{ Text = '2 * $u'; Values = '2 8 18' }
        @{ Text = '-$u'; Values = '-1 -4 -9' }
        @{ Text = '$u.Roll(1) + $u.Roll(-1) - 2 * $u'; Values = '11 2 -13' }
        @{ Text = '[PhysOpt.Math]::Sqrt($u)'; Values = '1 2 3' }
        @{ Text = '[PhysOpt.Math]::Max(2, $u)'; Values = '2 4 9' }
    ) {
        $result = & ([scriptblock]::Create($Text))
        $result | Should -BeOfType [PhysOpt.Field]
        $result.ToString() | Should -Be $Values
    }

    It 'gives numbers that are made of all values' {
        $u.Sum() | Should -Be 14
        $u.Dot((1, 1, 2)) | Should -Be 23
        $u[-1] | Should -Be 9
    }

    It 'is what a block may return' {
        $problem = New-OptimizationProblem 'Doubled' -Physics { param($x) 2 * [PhysOpt.Field]$x } -InitialGuess 1, 2
        (Invoke-GradientDescent $problem -MaxIterations 0).Y.ToString() | Should -Be '2 4'
    }

    It 'has no order' {
        { $u -lt 1 } | Should -Throw '*cannot be compared*'
    }
}
