# Methods that need values alone.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

Describe 'Methods by values alone: Invoke-<_>' -ForEach 'Bobyqa', 'NelderMead' {
    BeforeAll {
        $invoke = "Invoke-$_"
        # text on the way: no trace, and no gradient
        $rough = { param($x) [double]("{0:R}" -f (($x[0] - 2) * ($x[0] - 2) + ($x[1] - 3) * ($x[1] - 3) + 1)) }
    }

    It 'finds the minimum of a block that cannot be traced, and shows no gradient' {
        $run = & $invoke $rough -InitialGuess 1, 1
        $run[-1].Status | Should -Be LossTolerance
        $run[-1].X[0] | Should -BeGreaterThan 1.999999
        $run[-1].X[1] | Should -BeLessThan 3.000001
        @($run.Gradient).Where({ $null -ne $_ }) | Should -BeNullOrEmpty
        $run[-1].GradientEvaluations | Should -Be 0
    }

    It 'calls the block within the bounds alone' {
        $seen = [Collections.Generic.List[double]]::new()
        $watched = { param($x) $seen.Add($x[0]); [double]("{0:R}" -f (($x[0] - 2) * ($x[0] - 2))) }
        (& $invoke $watched -InitialGuess 0.5 -LowerBound 0 -UpperBound 1)[-1].X[0] | Should -Be 1
        ($seen | Measure-Object -Minimum).Minimum | Should -BeGreaterOrEqual 0
        ($seen | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 1
    }

    It 'says what noise hides' {
        $random = [Random]::new(7)
        $noisy = { param($x) ($x[0] - 2) * ($x[0] - 2) + 0.01 * $random.NextDouble() }
        $last = & $invoke $noisy -InitialGuess 1 -WarningAction SilentlyContinue -WarningVariable said | Select-Object -Last 1
        $last.Status | Should -Be StepCollapsed
        [Math]::Abs($last.X[0] - 2) | Should -BeLessThan 0.3
        "$said" | Should -Match 'losses scatter by'
    }

    It 'takes what throws for a bad value' {
        $walled = { param($x) if ($x[0] -le 0) { throw 'No value.' }; $x[0] - [Math]::Log($x[0]) }
        [Math]::Abs((& $invoke $walled -InitialGuess 0.1)[-1].X[0] - 1) | Should -BeLessThan 1e-6
    }

    It 'resumes as if it had never stopped' {
        $whole = & $invoke $rough -InitialGuess 1, 1
        $rest = & $invoke $rough -InitialGuess 1, 1 -MaxIterations 3 | & $invoke
        $rest[-1].X | Should -Be $whole[-1].X
        $rest[-1].Evaluations | Should -Be $whole[-1].Evaluations
    }

    It 'knows variables by their names' {
        $last = & $invoke { param($wide, $high) [double]("{0:R}" -f ([Math]::Pow($wide - 2, 2) + [Math]::Pow($high - 5, 2))) } `
            -InitialGuess @{ high = 1; wide = 1 } | Select-Object -Last 1
        [Math]::Abs($last.high - 5) | Should -BeLessThan 1e-6
    }
}
