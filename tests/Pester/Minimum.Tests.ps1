# Find-Minimum: the answer in one object, whatever the method.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

Describe 'Find-Minimum' {
    It 'finds the bottom of the valley' {
        $result = Find-Minimum -Objective { param($x) 100 * [Math]::Pow($x[1] - $x[0] * $x[0], 2) + [Math]::Pow(1 - $x[0], 2) } -InitialGuess -1.2, 1
        $result.IsConverged | Should -BeTrue
        $result.Loss | Should -BeLessThan 1e-8
        [Math]::Abs($result.X[0] - 1) | Should -BeLessThan 1e-4
        $result.Message | Should -BeLike '*gradient norm*'
    }

    It 'does not stay at a saddle' {
        $result = Find-Minimum -Objective { param($x) $x[0] * $x[0] - $x[1] * $x[1] + [Math]::Pow($x[1], 4) } -InitialGuess 0, 0 -WarningAction SilentlyContinue
        [Math]::Abs($result.Loss + 0.25) | Should -BeLessThan 1e-8
    }

    It 'gives one result for each problem' {
        $results = @('ThreeSpaces', 'Rosenbrock' | Find-Minimum)
        $results.Problem.Name | Should -Be 'ThreeSpaces', 'Rosenbrock'
    }

    It 'says in one warning that it did not get there' {
        $result = Find-Minimum Rosenbrock -MaxIterations 1 -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Status | Should -Be 'IterationLimit'
        @($warnings).Count | Should -Be 1
    }
}
