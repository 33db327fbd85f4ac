# Problems of the gallery and of one's own.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

Describe 'Get-OptimizationProblem' {
    It 'lists problems with all that a method needs' {
        $problems = @(Get-OptimizationProblem)
        $problems.Count | Should -BeGreaterThan 1
        foreach ($problem in $problems) {
            $problem | Should -BeOfType [PhysOpt.OptimizationProblem]
            $problem.Name | Should -Not -BeNullOrEmpty
            $problem.Description | Should -Not -BeNullOrEmpty
            $problem.InitialGuess.Count | Should -Be $problem.Dimension
        }
    }

    It 'finds <Pattern>' -ForEach @(
        @{ Pattern = 'ThreeSpaces'; Name = 'ThreeSpaces' }
        @{ Pattern = 'threespaces'; Name = 'ThreeSpaces' }
        @{ Pattern = 'Rosen*'; Name = 'Rosenbrock' }
    ) {
        (Get-OptimizationProblem $Pattern).Name | Should -Contain $Name
    }

    It 'finds nothing for a wildcard that fits nothing, without an error' {
        Get-OptimizationProblem 'no such*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'has a loss of zero at the solution of <_>' -ForEach 'ThreeSpaces', 'Rosenbrock' {
        $problem = Get-OptimizationProblem $_
        $record = Invoke-GradientDescent $problem -InitialGuess $problem.Solution -MaxIterations 0
        $record.Loss | Should -Be 0
    }
}

Describe 'New-OptimizationProblem' {
    It 'makes a problem of physics alone: the loss is then |y|^2' {
        $problem = New-OptimizationProblem 'Mine' -Physics { param($x) (2 * $x[0]), $x[1] } -InitialGuess 1, 2
        $problem.Name | Should -Be 'Mine'
        $problem.Dimension | Should -Be 2
        (Invoke-GradientDescent $problem -MaxIterations 0).Loss | Should -Be 8
    }

    It 'makes a problem of physics and target: the loss is then |y - target|^2' {
        $problem = New-OptimizationProblem -Physics { param($x) $x[0], $x[1] } -Target 4, 6 -InitialGuess 1, 2
        (Invoke-GradientDescent $problem -MaxIterations 0).Loss | Should -Be 25
    }

    It 'makes a problem of physics and loss' {
        $problem = New-OptimizationProblem -Physics { param($x) $x[0], $x[1] } -Loss { param($y) $y[0] + 10 * $y[1] } -InitialGuess 1, 2
        (Invoke-GradientDescent $problem -MaxIterations 0).Loss | Should -Be 21
    }

    It 'makes a problem of an objective: its records have no y' {
        $record = New-OptimizationProblem -Objective { param($x) $x[0] * $x[1] } -InitialGuess 3, 4 |
            Invoke-GradientDescent -MaxIterations 0
        $record.Loss | Should -Be 12
        $record.Y | Should -BeNullOrEmpty
    }

    It 'sees the variables of the caller' {
        $factor = 5
        $problem = New-OptimizationProblem -Physics { param($x) $factor * $x[0] } -InitialGuess 1
        (Invoke-GradientDescent $problem -MaxIterations 0).Loss | Should -Be 25
    }

    It 'takes the start as <Name>' -ForEach @(
        @{ Name = 'a list'; Value = 1, -2 }
        @{ Name = 'text'; Value = '1 -2' }
        @{ Name = 'doubles'; Value = [double[]] (1, -2) }
    ) {
        (New-OptimizationProblem -Physics { param($x) $x } -InitialGuess $Value).InitialGuess.ToString() | Should -Be '1 -2'
    }

    It 'takes negative numbers as they are written on a command line' {
        (New-OptimizationProblem -Physics { param($x) $x } -InitialGuess -1.2, 1).InitialGuess.ToString() | Should -Be '-1.2 1'
        (New-OptimizationProblem -Physics { param($x) $x } -InitialGuess 1, -2).InitialGuess.ToString() | Should -Be '1 -2'
    }

    It 'keeps a run within its bounds' {
        $problem = New-OptimizationProblem -Physics { param($x) $x[0] } -InitialGuess 3 -LowerBound 2 -UpperBound 5
        $last = @(Invoke-GradientDescent $problem -LearningRate 0.4 -MaxIterations 20)[-1]
        $last.X0 | Should -Be 2
        $last.Status | Should -Be 'GradientTolerance'

        $last = @(Invoke-Lbfgs $problem -WarningVariable warnings)[-1]
        $last.X0 | Should -Be 2
        $last.Status | Should -Be 'GradientTolerance'
        $warnings | Should -BeNullOrEmpty
    }
}
