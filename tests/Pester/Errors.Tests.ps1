# What goes wrong is said in words, with an id that scripts can rely on.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

Describe 'Parameters' {
    It '<Id>: <Name>' -ForEach @(
        @{ Id = 'BoundsCrossed'; Name = 'bounds that cross'; Parameters = @{ InitialGuess = 1, 1; LowerBound = 0, 2; UpperBound = 1, 1 } }
        @{ Id = 'LowerBoundLengthMismatch'; Name = 'too few bounds'; Parameters = @{ InitialGuess = 1, 1, 1; LowerBound = 0, 0 } }
        @{ Id = 'InitialGuessEmpty'; Name = 'no start'; Parameters = @{ InitialGuess = @() } }
        @{ Id = 'InitialGuessNotFinite'; Name = 'a start that is no number'; Parameters = @{ InitialGuess = 1, [double]::NaN } }
        @{ Id = 'LossAndTarget'; Name = 'loss and target'; Parameters = @{ InitialGuess = 1; Loss = { param($y) 1 }; Target = 1 } }
        @{ Id = 'ParameterArgumentTransformationError'; Name = 'text as a start'; Parameters = @{ InitialGuess = 'here' } }
        @{ Id = 'ParameterArgumentValidationError'; Name = 'a learning rate of zero'; Parameters = @{ InitialGuess = 1; LearningRate = 0 } }
        @{
            Id = 'ParameterArgumentValidationError'; Name = 'a negative number of iterations'
            Parameters = @{ InitialGuess = 1; MaxIterations = -1 }
        }
        @{ Id = 'ParameterArgumentValidationError'; Name = 'a momentum of one'; Parameters = @{ InitialGuess = 1; Momentum = 1 } }
        @{
            Id = 'ParameterArgumentValidationError'; Name = 'a momentum that is no number'
            Parameters = @{ InitialGuess = 1; Momentum = [double]::NaN }
        }
    ) {
        { Invoke-GradientDescent -Physics { param($x) $x } @Parameters } | Should -Throw -ErrorId "$Id,*"
    }

    It 'names the component where bounds cross' {
        $caught = { New-OptimizationProblem -Physics { param($x) $x } -InitialGuess 1, 1 -LowerBound 0, 2 -UpperBound 1, 1 } |
            Should -Throw -PassThru -ErrorId 'BoundsCrossed,*'
        $caught.Exception.Message | Should -BeLike '*component 1*'
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $caught.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'does not know every problem' {
        { Get-OptimizationProblem 'Nonesuch' -ErrorAction Stop } | Should -Throw -ErrorId 'ProblemNotFound,*'
        { Invoke-GradientDescent 'Nonesuch' -ErrorAction Stop } | Should -Throw -ErrorId 'ProblemNotFound,*'
    }

    It 'cannot invert what is no physics' {
        $objective = New-OptimizationProblem -Objective { param($x) $x[0] } -InitialGuess 1
        { Find-NumericInverse -Problem $objective -Target 1 } | Should -Throw -ErrorId 'PhysicsMissing,*'
        { Invoke-InverseSimulator $objective } | Should -Throw -ErrorId 'MethodNeedsMore,*'
    }

    It 'cannot compare what has nothing in common' {
        $records = @(Invoke-GradientDescent ThreeSpaces -MaxIterations 2)
        { Compare-Trajectory $records[0] $records[1, 2] } | Should -Throw -ErrorId 'NoCommonIterations,*'
    }
}

Describe 'Script blocks' {
    It '<Id>' -ForEach @(
        @{ Id = 'PhysicsReturnedNothing'; Blocks = @{ Physics = { param($x) } } }
        @{ Id = 'PhysicsReturnedNotNumeric'; Blocks = @{ Physics = { param($x) 'text' } } }
        @{ Id = 'PhysicsReturnedNotNumeric'; Blocks = @{ Physics = { param($x) $true } } }
        @{ Id = 'PhysicsFailed'; Blocks = @{ Physics = { param($x) throw 'broken' } } }
        @{ Id = 'LossNotScalar'; Blocks = @{ Physics = { param($x) $x }; Loss = { param($y) 1, 2 } } }
        @{ Id = 'ObjectiveNotScalar'; Blocks = @{ Objective = { param($x) 1, 2 } } }
    ) {
        { Invoke-GradientDescent -InitialGuess 1 -ErrorAction Stop @Blocks } | Should -Throw -ErrorId "$Id,*"
    }

    It 'shows where in the script' {
        $physics = {
            param($x)
            throw 'broken'
        }
        $caught = { Invoke-GradientDescent -Physics $physics -InitialGuess 1 -ErrorAction Stop } | Should -Throw -PassThru
        $line = $physics.StartPosition.StartLine + 2
        $caught.Exception.Message | Should -BeLike "*Errors.Tests.ps1, line $line, column*"
    }

    It 'keeps the records before a failure' {
        $calls = @(0)
        $physics = { param($x) $calls[0]++; if ($calls[0] -gt 2) { throw 'broken' }; $x[0] }
        $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'Ignore' }
        $records = @(Invoke-GradientDescent -Physics $physics -Gradient { param($x) 2 * $x[0] } -InitialGuess 1 @quiet)
        $records.Status | Should -Be 'Running', 'Running', 'EvaluationError'
        $records[-1].X.Equals($records[1].X) | Should -BeTrue
    }
}

Describe 'Runs that end' {
    It 'says <Status> and keeps the last good point' -ForEach @(
        @{ Status = 'OutOfRange'; Run = { Invoke-InverseSimulator ThreeSpaces -Eta 1.2 -WarningAction Ignore } }
        @{
            Status = 'SingularHessian'
            Run = { Invoke-NewtonStep -Objective { param($x) $x[0] * $x[0] } -InitialGuess 3, 3 -WarningAction Ignore }
        }
        @{
            Status = 'NonFinite'
            Run = {
                $objective = { param($x) if ($x[0] -lt 3) { [double]::NaN } else { $x[0] } }
                Invoke-GradientDescent -Objective $objective -Gradient { param($x) 1, 1 } -InitialGuess 3, 3 -WarningAction Ignore
            }
        }
    ) {
        $last = @(& $Run)[-1]
        $last.Status | Should -Be $Status
        $last.X.ToString() | Should -Be '3 3'
    }

    It 'warns once' {
        $null = Invoke-InverseSimulator ThreeSpaces -Eta 1.2 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
        "$warnings" | Should -BeLike '*OutOfRange*'
    }
}

Describe 'A slip of the keyboard' {
    It 'is told the nearest name: <Typed>' -ForEach @(
        @{ Typed = 'Rosenbruck'; Meant = 'Rosenbrock'; Script = { Find-Minimum Rosenbruck } }
        @{ Typed = 'Treespaces'; Meant = 'ThreeSpaces'; Script = { Get-OptimizationProblem Treespaces -ErrorAction Stop } }
        @{ Typed = 'Lbfsg'; Meant = 'Lbfgs'; Script = { Find-Minimum Rosenbrock -Method Lbfsg } }
        @{ Typed = 'Adma'; Meant = 'Adam'; Script = { Compare-Optimizer Rosenbrock Adma -ErrorAction Stop } }
    ) {
        $Script | Should -Throw -ExpectedMessage "*'$Typed'. Did you mean '$Meant'?"
    }

    It 'is told no name that is far' {
        { Find-Minimum Rosenbrock -Method Foo } |
            Should -Throw -ErrorId 'MethodNotFound,*' -ExpectedMessage "There is no method named 'Foo'."
    }
}

Describe 'A number outside of its range' {
    It 'is told the range: <Script>' -ForEach @(
        @{ Script = { Invoke-Lbfgs Rosenbrock -Memory 0 }; Words = '*0 is not allowed: it must be from 1 to 1000.' }
        @{ Script = { Invoke-HalfInverseGradient ThreeSpaces -Exponent 2 }; Words = '*2 is not allowed: it must be from -1 to 1.' }
        @{ Script = { Invoke-HalfInverseGradient ThreeSpaces -Exponent NaN }; Words = '*NaN is not allowed*' }
        @{ Script = { Invoke-Adam Rosenbrock -MaxIterations -1 }; Words = '*-1 is not allowed: it must be 0 or more.' }
        @{ Script = { Find-NumericInverse ThreeSpaces -MaxEvaluations 0 }; Words = '*0 is not allowed: it must be 1 or more.' }
        @{ Script = { Show-Trajectory -Width 5 }; Words = '*5 is not allowed: it must be from 20 to 1000.' }
    ) {
        $Script | Should -Throw -ErrorId 'ParameterArgumentValidationError,*' -ExpectedMessage $Words
    }
}

Describe 'What would be without effect' {
    It 'is an error: Nesterov without momentum' {
        { Invoke-GradientDescent Rosenbrock -Nesterov } | Should -Throw -ErrorId 'NesterovNeedsMomentum,*'
        { Invoke-GradientDescent Rosenbrock -Nesterov -Momentum 0.5 -LearningRate 1e-4 -MaxIterations 1 } | Should -Not -Throw
    }

    It 'is an error: an adjoint that does not take w' -ForEach @(
        @{ Adjoint = { param($x) $x } }, @{ Adjoint = { $_ } }, @{ Adjoint = [Func[double[], double[]]] { $args[0] } }
    ) {
        { Find-Minimum -Physics { param($x) $x[0], $x[1] } -Adjoint $Adjoint -InitialGuess 1, 2 } |
            Should -Throw -ErrorId 'AdjointWithoutW,*'
    }
}
