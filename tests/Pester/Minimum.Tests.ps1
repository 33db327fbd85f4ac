# Find-Minimum: the answer in one object, whatever the method.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

Describe 'Find-Minimum' {
    It 'finds the bottom of the valley' {
        $valley = { param($x) 100 * [Math]::Pow($x[1] - $x[0] * $x[0], 2) + [Math]::Pow(1 - $x[0], 2) }
        $result = Find-Minimum -Objective $valley -InitialGuess -1.2, 1
        $result.IsConverged | Should -BeTrue
        $result.Loss | Should -BeLessThan 1e-8
        [Math]::Abs($result.X[0] - 1) | Should -BeLessThan 1e-4
        $result.Message | Should -BeLike '*cannot be told from rounding*'
    }

    It 'does not stay at a saddle' {
        $saddle = { param($x) $x[0] * $x[0] - $x[1] * $x[1] + [Math]::Pow($x[1], 4) }
        $result = Find-Minimum -Objective $saddle -InitialGuess 0, 0 -WarningAction SilentlyContinue
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

Describe 'The columns of a result' {
    It 'has the components as numbers, with the loss before them and vectors last' {
        $result = Find-Minimum Rosenbrock
        $names = $result.psobject.Properties.Name
        $names[0..4] | Should -Be 'Loss', 'X0', 'X1', 'Y0', 'Y1'
        $names[-5..-1] | Should -Be 'X', 'Y', 'Message', 'Problem', 'Error'
        $result.X1 | Should -BeOfType double
        $result.x1 | Should -Be $result.X[1]
        ($result | Select-Object X0, Loss).X0 | Should -Be $result.X[0]
    }

    It 'has no components of x where there are more than 16' {
        $wide = Find-Minimum -Physics { param($x) $x } -InitialGuess (1..17)
        $wide.psobject.Properties.Name | Should -Not -Contain 'X0'
        $wide.X.Count | Should -Be 17
        $wide.X0 | Should -BeNullOrEmpty
    }

    It 'gives numbers through a CSV' {
        $row = Find-Minimum Rosenbrock | ConvertTo-Csv | ConvertFrom-Csv
        [double]$row.X0 | Should -Be (Find-Minimum Rosenbrock).X[0]
        $inverse = Find-NumericInverse -Problem ThreeSpaces -Target 2, 2
        [double]($inverse | ConvertTo-Csv | ConvertFrom-Csv).X1 | Should -Be $inverse.X[1]
        $inverse.Y1 | Should -Be $inverse.Y[1]
        $inverse.psobject.Properties.Name | Should -Not -Contain 'Variables'
    }

    It 'is there for summaries too' {
        $records = Invoke-GradientDescent ThreeSpaces -MaxIterations 3 -WarningAction Ignore
        ($records | Measure-Trajectory).X1 | Should -Be $records[-1].X1
        $compared = Compare-Optimizer ThreeSpaces Adam -MaxIterations 2
        $compared.X0 | Should -Be $compared.X[0]
    }

    It 'is read-only' {
        $result = Find-Minimum Rosenbrock
        { $result.X0 = 3 } | Should -Throw
        $result.X0 | Should -Be $result.X[0]
    }
}

Describe 'The message of a result in a list' {
    BeforeDiscovery {
        $shown = @(
            @{ Name = 'of a minimum'; Result = { Find-Minimum Rosenbrock } }
            @{
                Name = 'of an inverse'
                Result = {
                    $physics = { param($x) ($x[0] * $x[0] + $x[1]), ($x[1] * $x[1]) }
                    Find-NumericInverse $physics -Target 5, -100000 -InitialGuess 1, 1 -WarningAction Ignore
                }
            }
            @{ Name = 'of a gradient'; Result = { Measure-GradientError ThreeSpaces -At 3, 3 } }
        )
    }

    It 'breaks between words at 80 columns, in whatever language (<Name>)' -ForEach $shown {
        $culture = [cultureinfo]::CurrentCulture
        try {
            # where PowerShell knows the language, it breaks lines between words itself; this one stands for those that it does not know
            [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
            $object = & $Result
            $lines = ($object | Format-List | Out-String -Width 80) -split '\r?\n'
        } finally {
            [cultureinfo]::CurrentCulture = $culture
        }

        $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
        ($lines -join ' ' -replace '\s+', ' ') | Should -BeLike "*Message : $([WildcardPattern]::Escape($object.Message)) *"
        $object.Message | Should -Not -Match '\n'
    }
}
