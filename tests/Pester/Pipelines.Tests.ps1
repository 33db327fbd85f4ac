# Methods in pipelines: several problems, several starts, runs that are resumed, and whoever stops first.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

Describe 'Problems by pipeline' {
    It 'gives each problem a run of its own' {
        $records = @('ThreeSpaces', 'Rosenbrock' | Invoke-GradientDescent -LearningRate 1e-4 -MaxIterations 2)
        $records.Count | Should -Be 6
        $records.Run | Should -Be 0, 0, 0, 1, 1, 1
        $records.Problem.Name | Should -Be 'ThreeSpaces', 'ThreeSpaces', 'ThreeSpaces', 'Rosenbrock', 'Rosenbrock', 'Rosenbrock'
    }

    It 'takes objects as well as names' {
        $summaries = @(Get-OptimizationProblem ThreeSpaces, Rosenbrock | Invoke-Lbfgs | Measure-Trajectory)
        $summaries.Count | Should -Be 2
        foreach ($summary in $summaries) {
            [double]::IsFinite($summary.FinalLoss) | Should -BeTrue
            $summary.FinalLoss | Should -BeLessThan 1e-8
        }
    }

    It 'continues with the next problem when one fails' {
        $broken = New-OptimizationProblem -Physics { param($x) throw 'broken' } -InitialGuess 1
        $records = @($broken, (Get-OptimizationProblem ThreeSpaces) |
            Invoke-GradientDescent -MaxIterations 1 -ErrorAction SilentlyContinue -ErrorVariable failures)
        $records.Count | Should -Be 2
        $records[0].Problem.Name | Should -Be 'ThreeSpaces'
        "$failures" | Should -BeLike '*broken*'
    }
}

Describe 'Starts by pipeline' {
    It 'gives each start a run of its own' {
        $records = @((3, 3), (6, 6) | Invoke-NewtonStep ThreeSpaces -MaxIterations 1)
        $records.Run | Should -Be 0, 0, 1, 1
        [Math]::Abs($records[1].X1 - 2) | Should -BeLessThan 1e-12
        [Math]::Abs($records[3].X1 - 4) | Should -BeLessThan 1e-12
    }
}

Describe 'A run that is resumed' {
    It 'resumes from its last record with another method' {
        $first = @(Invoke-GradientDescent ThreeSpaces -MaxIterations 3)
        $second = @($first | Invoke-NewtonStep -MaxIterations 1)
        $second.Count | Should -Be 2
        $second[0].X.Equals($first[-1].X) | Should -BeTrue
    }

    It 'resumes from a record in its middle' {
        $first = @(Invoke-GradientDescent ThreeSpaces -MaxIterations 3)
        $second = @($first[1] | Invoke-NewtonStep -MaxIterations 1)
        $second[0].X.Equals($first[1].X) | Should -BeTrue
    }

    It 'is the same run as one that never stopped' {
        $whole = @(Invoke-GradientDescent ThreeSpaces -MaxIterations 6)
        $parts = @(Invoke-GradientDescent ThreeSpaces -MaxIterations 3 | Invoke-GradientDescent -MaxIterations 3)
        $parts[-1].X.Equals($whole[-1].X) | Should -BeTrue
    }
}

Describe 'Streaming' {
    BeforeEach {
        $log = [System.Collections.Generic.List[string]]::new()
        $run = @{
            Physics       = { param($x) $log.Add('computed'); $x[0] }
            Gradient      = { param($x) 2 * $x[0] }
            InitialGuess  = 1
            LearningRate  = 0.1
            MaxIterations = 2
        }
    }

    It 'hands out a record before it computes the next' {
        Invoke-GradientDescent @run | ForEach-Object { $log.Add("seen $($_.Iteration)") }
        $log | Should -Be 'computed', 'seen 0', 'computed', 'seen 1', 'computed', 'seen 2'
    }

    It 'computes no more when a loop is left' {
        $run.MaxIterations = 100000
        foreach ($once in 1) {
            Invoke-GradientDescent @run | ForEach-Object { if ($_.Iteration -eq 1) { break } }
        }
        $log.Count | Should -Be 2
    }
}

Describe 'Filters' {
    It 'finds the first record below a loss' {
        $record = @(Invoke-InverseSimulator ThreeSpaces -LearningRate 0.3 -MaxIterations 10 | Where-Object Loss -LT 10)[0]
        $record.Iteration | Should -Be 4
    }
}
