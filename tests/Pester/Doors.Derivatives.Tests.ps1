# Derivatives that are supplied, and the commands that take a function to differentiate.

BeforeAll { . "$PSScriptRoot/Doors.Setup.ps1" }

Describe 'Derivatives that are supplied' {
    BeforeAll {
        $physics = { param($x) ($x[0] * $x[1]), ($x[0] - $x[1]), ($x[0] * $x[0]) }
        $jacobian = { param($x) ($x[1], $x[0]), (1, -1), ((2 * $x[0]), 0) }
        $adjoint = { param($x, $w) ($x[1] * $w[0] + $w[1] + 2 * $x[0] * $w[2]), ($x[0] * $w[0] - $w[1]) }
    }

    It 'give what tracing gives: <Name>' -ForEach @(
        @{ Name = 'the Jacobian'; Use = 'Jacobian' }
        @{ Name = 'the adjoint'; Use = 'Adjoint' }
        @{ Name = 'both'; Use = 'Jacobian', 'Adjoint' }
    ) {
        $blocks = @{ Jacobian = $jacobian; Adjoint = $adjoint }
        $given = @{}
        foreach ($each in $Use) { $given[$each] = $blocks[$each] }
        $problem = New-OptimizationProblem -Physics $physics @given -Target 2, 1, 4 -InitialGuess 3, 2
        $traced = New-OptimizationProblem -Physics $physics -Target 2, 1, 4 -InitialGuess 3, 2
        "$(Get-Jacobian $problem)" | Should -Be "$(Get-Jacobian $traced)"
        "$(Get-Gradient $problem)" | Should -Be "$(Get-Gradient $traced)"
        Test-Gradient $problem | Should -BeTrue
        Rounded (Find-Minimum $problem).X | Should -Be (Rounded (Find-Minimum $traced).X)
        (Get-FunctionTrace $problem)[0].Runs | Should -BeLike '*supplied*'
    }

    It 'are called and nothing is differenced' {
        $calls = @{ physics = 0; adjoint = 0 }
        $model = @{
            Physics = { param($x) $calls.physics++; ($x[0] * $x[1]), $x[0] }
            Adjoint = { param($x, $w) $calls.adjoint++; ($x[1] * $w[0] + $w[1]), ($x[0] * $w[0]) }
        }
        $record = @(Invoke-GradientDescent @model -InitialGuess 1, 2 -MaxIterations 3 -WarningAction SilentlyContinue)[-1]
        $calls.physics | Should -Be $record.Evaluations
        $calls.physics | Should -Be 4
        $calls.adjoint | Should -Be $record.GradientEvaluations
    }

    It 'must have the right size' {
        { Get-Jacobian (New-OptimizationProblem -Physics $physics -Jacobian { param($x) 1, 2 } -InitialGuess 3, 2) -ErrorAction Stop } |
            Should -Throw -ErrorId 'JacobianShapeMismatch,*'
        $uneven = New-OptimizationProblem -Physics $physics -Jacobian { param($x) (1, 2), (3, 4, 5), 6 } -InitialGuess 3, 2
        { Get-Jacobian $uneven -ErrorAction Stop } |
            Should -Throw -ErrorId 'JacobianShapeMismatch,*' -ExpectedMessage '*a row of 3*'
        { Get-Gradient (New-OptimizationProblem -Physics $physics -Adjoint { param($x, $w) 1 } -InitialGuess 3, 2) -ErrorAction Stop } |
            Should -Throw -ErrorId 'AdjointLengthMismatch,*'
    }

    It 'help an inverse' {
        $jacobian = { param($x) (1, 1), ($x[1], $x[0]) }
        $found = Find-NumericInverse { param($x) ($x[0] + $x[1]), ($x[0] * $x[1]) } 3, 2 -InitialGuess 3, 0.5 -Jacobian $jacobian
        Rounded $found.X | Should -Be '2 1'
    }
}

Describe 'Get-Gradient and its kin' {
    It 'take a problem or its name at position 0' {
        "$(Get-Gradient ThreeSpaces)" | Should -Be '6 108'
        "$(Get-Gradient ThreeSpaces 1, 1)" | Should -Be '2 4'
        "$(Get-Jacobian (Get-OptimizationProblem ThreeSpaces))" | Should -Be "$(Get-Jacobian -Problem ThreeSpaces)"
        "$(Get-Hessian ThreeSpaces)" | Should -Be "$(Get-Hessian -Problem ThreeSpaces)"
        Test-Gradient Rosenbrock | Should -BeTrue
        (Measure-GradientError Rosenbrock).IsCorrect | Should -BeTrue
        (Get-FunctionTrace ThreeSpaces).Role | Should -Be 'Physics', 'Loss'
    }

    It 'take a function, and points by pipeline' {
        "$(Get-Gradient ${function:Bowl} 5, 5)" | Should -Be '8 6'
        (5, 5), (1, 2) | Get-Gradient (Get-Command Bowl) | ForEach-Object { "$_" } | Should -Be '8 6', '0 0'
    }

    It 'take a record, a result and what comes by pipeline' {
        $end = (Invoke-GradientDescent ThreeSpaces -MaxIterations 2 -WarningAction SilentlyContinue)[-1]
        "$(Get-Gradient $end)" | Should -Be "$($end.Gradient)"
        "$($end | Get-Gradient)" | Should -Be "$($end.Gradient)"
        Get-OptimizationProblem | Test-Gradient | Should -Be $true, $true
    }
}

Describe 'What belongs to physics beside position 0 of <_>' -ForEach 'Find-Minimum', 'Invoke-Lbfgs', 'Invoke-GaussNewton' {
    BeforeAll {
        $command = $_
        $model = { param($x) ($x[0] * $x[0]), ($x[1] * $x[1]) }
        $called = @{ Jacobian = 0; Adjoint = 0 }
        $jacobian = { param($x) $called.Jacobian++; ((2 * $x[0]), 0), (0, (2 * $x[1])) }
        $adjoint = { param($x, $w) $called.Adjoint++; (2 * $x[0] * $w[0]), (2 * $x[1] * $w[1]) }
    }

    It 'makes a function the physics with the derivatives: <_>' -ForEach 'Jacobian', 'Adjoint' {
        $given = @{ $_ = Get-Variable $_ -ValueOnly }
        $called[$_] = 0
        Rounded @(& $command $model -Target 4, 9 @given -InitialGuess 1, 1)[-1].X | Should -Be '2 3'
        Rounded @($model | & $command -Target 4, 9 @given -InitialGuess 1, 1)[-1].X | Should -Be '2 3'
        $called[$_] | Should -BeGreaterThan 1
        [Math]::Abs(@(& $command $model @given -InitialGuess 1, 1 -WarningAction Ignore)[-1].X[0]) | Should -BeLessThan 0.1
    }

    It 'gives a problem other derivatives' {
        $problem = New-OptimizationProblem -Physics $model -Target 4, 9 -InitialGuess 1, 1 -Solution 2, 3
        $called.Jacobian = 0
        $end = @($problem | & $command -Jacobian $jacobian)[-1]
        Rounded $end.X | Should -Be '2 3'
        "$($end.Problem.Solution)" | Should -Be '2 3'
        $called.Jacobian | Should -BeGreaterThan 1
        $called.Adjoint = 0
        Rounded @($end.Problem | & $command -Adjoint $adjoint -InitialGuess 1, 1)[-1].X | Should -Be '2 3'
        $called.Adjoint | Should -BeGreaterThan 1
        Get-Jacobian $problem | Should -Not -BeNullOrEmpty
    }

    It 'is an error where there is no physics' {
        $objective = New-OptimizationProblem -Objective { param($x) Bowl $x } -InitialGuess 0, 0
        { & $command $objective -Adjoint $adjoint -ErrorAction Stop } |
            Should -Throw -ErrorId 'PhysicsMissing,*' -ExpectedMessage '*Adjoint*'
        $all = @{ Adjoint = $adjoint }, @{ Jacobian = $jacobian }, @{ Inverse = $model }, @{ Target = 1 }, @{ Loss = $model }
        foreach ($each in $all) {
            $wrong = { & $command -Objective { param($x) Bowl $x } -InitialGuess 0, 0 @each } |
                Should -Throw -PassThru -ErrorId 'ObjectiveHasNoOutputs,*'
            $wrong.Exception.Message | Should -BeLike "$($each.Keys) *"
            $wrong.ErrorDetails.RecommendedAction | Should -BeLike '*-Physics*'
        }
    }
}

Describe 'An inverse beside position 0' {
    It 'is that of a function or in place of that of a problem' {
        $called = @{ Inverse = 0 }
        $root = { param($y) $called.Inverse++; [Math]::Sqrt($y) }
        Rounded @(Invoke-InverseSimulator { param($x) $x * $x } 1 -Target 4 -Inverse $root)[-1].X | Should -Be '2'
        $called.Inverse | Should -BeGreaterThan 0
        $called.Inverse = 0
        $roots = { param($y) $called.Inverse++; $y[0], [Math]::Sqrt($y[1]) }
        Rounded @(Get-OptimizationProblem ThreeSpaces | Invoke-InverseSimulator -Target 2, 9 -Inverse $roots)[-1].X | Should -Be '2 3'
        $called.Inverse | Should -BeGreaterThan 0
    }
}
