# A fair comparison: what the rates are when nobody gives them, tuning, and one picture of all runs.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
    $bowl = { param($x) $sum = 0.0; for ($i = 0; $i -lt $x.Count; $i++) { $sum += ($i + 1) * ($x[$i] - 3) * ($x[$i] - 3) }; $sum }
    $start = 10, 10, 10, 10
}

Describe 'Compare-Optimizer with no learning rates' {
    BeforeAll { $rows = Compare-Optimizer $bowl * -InitialGuess $start -MaxIterations 100 -WarningAction Ignore }

    It 'leaves no method where it was because of a rate that is tiny beside the problem' {
        $rows.Method | Should -Contain 'RmsProp'
        $rows | ForEach-Object { $_.FinalLoss | Should -BeLessThan 10 -Because $_.Method } # the start has 490
    }

    It 'says where each rate comes from' {
        ($rows | Where-Object Method -in GradientDescent, Adam, AdaGrad, RmsProp).RateFrom | Should -Be (@('EqualFirstStep') * 4)
        ($rows | Where-Object Method -in Newton, Lbfgs, TrustRegion).RateFrom | Should -Be (@('Default') * 3)
    }

    It 'makes first steps of one length' {
        ($rows | Where-Object RateFrom -eq EqualFirstStep).FirstStepNorm | ForEach-Object { $_.ToString('G8') } |
            Sort-Object -Unique | Should -HaveCount 1
    }

    It 'gives the same rows in other units of x, but for the units' {
        $in = { param($x) $sum = 0.0; for ($i = 0; $i -lt 4; $i++) { $t = 1e6 * $x[$i] - 3; $sum += ($i + 1) * $t * $t }; $sum }
        $micro = Compare-Optimizer $in GradientDescent, Adam, AdaGrad, RmsProp -InitialGuess (@(1e-5) * 4) -MaxIterations 3
        $plain = Compare-Optimizer $bowl GradientDescent, Adam, AdaGrad, RmsProp -InitialGuess $start -MaxIterations 3
        foreach ($i in 0..3) {
            $micro[$i].FinalLoss / $plain[$i].FinalLoss | Should -BeGreaterThan (1 - 1e-5) -Because $plain[$i].Method
            $micro[$i].FinalLoss / $plain[$i].FinalLoss | Should -BeLessThan (1 + 1e-5) -Because $plain[$i].Method
        }
    }

    It 'shows the rule in the table' {
        $text = $rows | Out-String -Width 100
        $text | Should -Match 'Adam +\S+ equal '
        $text | Should -Match 'Newton +1 own '
        $text | Should -Not -Match '…'
    }

    It 'does not depend on what stands beside' {
        (Compare-Optimizer $bowl Adam -InitialGuess $start -MaxIterations 100).FinalLoss |
            Should -Be ($rows | Where-Object Method -eq Adam).FinalLoss
    }
}

Describe 'Compare-Optimizer -Tune' {
    It 'comes further with more evaluations, and says how many it took' {
        $plain = Compare-Optimizer Rosenbrock Adam
        $tuned = Compare-Optimizer Rosenbrock Adam -Tune 2000
        $tuned.RateFrom | Should -Be 'Tuned'
        $tuned.TuningEvaluations | Should -BeLessOrEqual 2000
        $tuned.FinalLoss | Should -BeLessThan $plain.FinalLoss
        $tuned | Out-String -Width 100 | Should -Match 'Adam +\S+ tuned '
        $tuned | Format-List | Out-String | Should -Match 'TuningEvaluations +: \d+'
    }

    It 'leaves rates alone that were given' {
        $rows = Compare-Optimizer Rosenbrock Adam, RmsProp -LearningRate @{ Adam = 0.1, 0.2 } -Tune 500
        "$($rows.RateFrom)" | Should -Be 'Given Given Tuned'
        "$($rows[0..1].LearningRate)" | Should -Be '0.1 0.2'
    }

    It 'says what is wrong' {
        { Compare-Optimizer Rosenbrock Adam -Tune 0 } | Should -Throw '*must be 1 or more*'
        { Compare-Optimizer Rosenbrock Adam -Tune 9 -EqualFirstStep } | Should -Throw '*none is left to -Tune*'
    }
}

Describe 'Compare-Optimizer -Record' {
    It 'makes one picture of loss against evaluations, with the names of all methods' {
        Compare-Optimizer Rosenbrock * -Record -WarningAction Ignore |
            Export-TrajectoryPlot "$TestDrive/all.svg" -Space Loss -Against Evaluations
        $text = [IO.File]::ReadAllText("$TestDrive/all.svg")
        foreach ($name in 'GradientDescent', 'Adam', 'InverseSimulator', 'Lbfgs', 'HalfInverseGradient', 'evaluations', 'loss') {
            $text | Should -BeLike "*>$name<*"
        }
    }

    It 'tells the runs of one method apart by their rates' {
        $rates = @{ Adam = 0.1, 0.5 }
        Compare-Optimizer Rosenbrock Adam -LearningRate $rates -Record | Export-TrajectoryPlot "$TestDrive/two.svg" -Against Evaluations
        [IO.File]::ReadAllText("$TestDrive/two.svg") | Should -BeLike '*>Adam, 0.1<*>Adam, 0.5<*'
    }

    It 'takes problems by pipeline, and survives a file' {
        'ThreeSpaces', 'Rosenbrock' | Compare-Optimizer -Method Newton, Adam -MaxIterations 3 -Record |
            Export-Csv "$TestDrive/runs.csv"
        $runs = Import-Csv "$TestDrive/runs.csv" | Measure-Trajectory
        "$($runs.Method)" | Should -Be 'Newton Adam Newton Adam'
        "$($runs.Run)" | Should -Be '0 1 2 3'
    }
}
