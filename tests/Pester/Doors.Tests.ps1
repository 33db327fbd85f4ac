# What a person types first, at position 0 and by pipeline: a block, a function, a problem, a name, a record or a result.

BeforeAll { . "$PSScriptRoot/Doors.Setup.ps1" }

Describe 'Position 0 of <_>' -ForEach 'Find-Minimum', 'Invoke-Lbfgs', 'Invoke-TrustRegion', 'Invoke-NewtonStep' {
    BeforeAll {
        $command = $_
        function Solve { @(& $command @args)[-1] }
    }

    It 'takes a block' {
        Rounded (Solve { param($x) Bowl $x } -InitialGuess 5, 5).X | Should -Be '1 2'
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = '${function:f}'; Function = { ${function:Bowl} } }
        @{ Name = 'Get-Command f'; Function = { Get-Command Bowl } }
        @{ Name = 'a filter'; Function = { Get-Command BowlFilter } }
        @{ Name = 'a filter of $_'; Function = { ${function:BowlItem} } }
        @{ Name = 'a function of several parts'; Function = { ${function:BowlInParts} } }
        @{ Name = 'a function of a module'; Function = { Get-Command Get-Distance } }
        @{ Name = 'a problem'; Function = { New-OptimizationProblem -Objective { param($x) Bowl $x } -InitialGuess 0, 0 } }
        @{ Name = 'a delegate'; Function = { [Func[double[], double]] [Doors.Simulator]::Distance } }
        @{ Name = 'a static method'; Function = { [Doors.Simulator]::Distance } }
        @{ Name = 'a map'; Function = { [PhysOpt.Functions.DelegateMap]::Scalar([Func[PhysOpt.Vector, double]] { param($x) Bowl $x }) } }
        @{ Name = 'a record'; Function = { (Invoke-Adam { param($x) Bowl $x } -InitialGuess 4, 4 -MaxIterations 2)[-1] } }
        @{ Name = 'a result'; Function = { Find-Minimum { param($x) Bowl $x } -InitialGuess 4, 4 } }
        @{ Name = 'a result of an inverse'; Function = { Find-NumericInverse { param($x) ($x[0] - 1), ($x[1] - 2) } 1, 1 3, 3 } }
    ) {
        $given = & $Function
        $found = (Solve $given -InitialGuess 5, 5).X
        Rounded $found | Should -Be ($Name -eq 'a result of an inverse' ? '2 3' : '1 2')
    }

    It 'takes a name' {
        Rounded (Solve Rosenbrock).X | Should -Be '1 1'
    }

    It 'takes the same by pipeline' {
        Rounded ({ param($x) Bowl $x } | & $command -InitialGuess 5, 5)[-1].X | Should -Be '1 2'
        Rounded (Get-Command Bowl | & $command -InitialGuess 5, 5)[-1].X | Should -Be '1 2'
        Rounded ('Rosenbrock' | & $command)[-1].X | Should -Be '1 1'
    }

    It 'takes bounds and a name with a block' {
        $end = Solve { param($x) Bowl $x } -InitialGuess 5, 5 -Name Bowl -Solution 1, 2
        $end.Problem.Name | Should -Be 'Bowl'
        "$($end.Problem.Solution)" | Should -Be '1 2'
    }
}

Describe 'Find-Minimum' {
    It 'works within bounds of a block' {
        $result = Find-Minimum { param($x) Bowl $x } -InitialGuess 5, 5 -LowerBound 3, -10 -UpperBound 10
        Rounded $result.X | Should -Be '3 2'
    }

    It 'takes one number as a bound for all' {
        Rounded (Find-Minimum { param($x) Bowl $x } -InitialGuess 5, 5 -LowerBound 1.5).X | Should -Be '1.5 2'
        $problem = New-OptimizationProblem -Objective { param($x) Bowl $x } -InitialGuess 5, 5 -LowerBound 0 -UpperBound 9
        $problem.UpperBound.Count | Should -Be 2
    }

    It 'does not warn of the minimum that it has found' {
        $result = Find-Minimum { param($x) Bowl $x } -InitialGuess 5, 5 -WarningVariable warnings
        $result.IsConverged | Should -BeTrue
        $warnings | Should -BeNullOrEmpty
    }

    It 'restricts a problem that has no bounds' {
        (Find-Minimum Rosenbrock -LowerBound -5 -UpperBound 0.5).X[0] | Should -Be 0.5
    }

    It 'resumes from a result with bounds of its own' {
        $first = Find-Minimum { param($x) Bowl $x } -InitialGuess 5, 5 -LowerBound 3
        Rounded ($first | Find-Minimum -LowerBound -1).X | Should -Be '1 2'
    }

    It 'takes several starts by pipeline for a block' {
        $results = (5, 5), (0, 0), (-3, 8) | Find-Minimum { param($x) Bowl $x }
        $results.Count | Should -Be 3
        $results | ForEach-Object { Rounded $_.X } | Should -Be '1 2', '1 2', '1 2'
    }

    It 'traces a function once for all starts: <Name>' -ForEach @(
        @{ Name = 'position 0'; Given = @{ InputObject = { param($x) Bowl $x } }; Times = 1 }
        @{ Name = '-Objective'; Given = @{ Objective = { param($x) Bowl $x } }; Times = 1 }
        @{
            Name = '-Physics and -Loss'; Times = 2
            Given = @{ Physics = { param($x) ($x[0] - 1), ($x[1] - 2) }; Loss = { param($y) Bowl $y } }
        }
    ) {
        $said = (5, 5), (0, 0), (-3, 8) | Find-Minimum @Given -Verbose 4>&1
        @($said | Where-Object { "$_" -match ' is traced: ' }).Count | Should -Be $Times
        @($said | Where-Object { $_ -is [PhysOpt.OptimizationResult] }).Count | Should -Be 3
    }

    It 'takes numbers by pipeline as starts of one variable' {
        $results = 1, 3 | Find-Minimum { param($x) ($x - 2) * ($x - 2) }
        $results.Count | Should -Be 2
        $results.Problem.InitialGuess | ForEach-Object { "$_" } | Should -Be '1', '3'
    }

    It 'starts a block at the points of records and results' {
        $starts = Invoke-Adam Rosenbrock -MaxIterations 2
        $results = $starts | Find-Minimum { param($x) Bowl $x }
        $results.Count | Should -Be 3
        "$($results[2].Problem.InitialGuess)" | Should -Be "$($starts[2].X)"
    }

    It 'resumes from the last record of a run, and no other' {
        $records = @(Invoke-Adam Rosenbrock -MaxIterations 3 | Invoke-Adam -MaxIterations 2)
        $records.Iteration | Should -Be 3, 4, 5
    }

    It 'can be told a gradient as a function' {
        function Slope($x) { (2 * ($x[0] - 1)), (2 * ($x[1] - 2)) }
        Rounded (Find-Minimum { param($x) Bowl $x } -InitialGuess 5, 5 -Gradient (Get-Command Slope)).X | Should -Be '1 2'
    }
}

Describe 'A target or loss beside position 0 of <_>' -ForEach 'Find-Minimum', 'Invoke-LevenbergMarquardt' {
    BeforeAll {
        $command = $_
        $model = { param($x) ($x[0] + $x[1]), ($x[0] * $x[1]) }
    }

    It 'makes a block the physics' {
        Rounded @(& $command $model -Target 3, 2 -InitialGuess 3, 0.5)[-1].X | Should -Be '2 1'
        Rounded @($model | & $command -Target 3, 2 -InitialGuess 3, 0.5)[-1].X | Should -Be '2 1'
    }

    It 'asks a problem another question' {
        $end = @(& $command ThreeSpaces -Target 1, 4)[-1]
        Rounded $end.X | Should -Be '1 2'
        $end.Problem.Solution | Should -BeNullOrEmpty
        Rounded @($end | & $command -Target 2, 9)[-1].X | Should -Be '2 3'
    }

    It 'needs physics' {
        $objective = New-OptimizationProblem -Objective { param($x) Bowl $x } -InitialGuess 0, 0
        { & $command $objective -Target 1 -ErrorAction Stop } | Should -Throw -ErrorId 'PhysicsMissing,*'
        { & $command $model -Target 3, 2 -Loss { param($y) 1 } -InitialGuess 1, 1 -ErrorAction Stop } |
            Should -Throw -ErrorId 'LossAndTarget,*'
    }
}

Describe 'What was read from a file' {
    It 'is resumed from where its problem is known by name' {
        $path = Join-Path $TestDrive result.xml
        Find-Minimum Rosenbrock -MaxIterations 3 -WarningAction SilentlyContinue | Export-Clixml $path
        Rounded (Import-Clixml $path | Find-Minimum).X | Should -Be '1 1'
        Get-OptimizationProblem ThreeSpaces | Export-Clixml $path
        "$(Get-Gradient (Import-Clixml $path))" | Should -Be '6 108'
    }

    It 'asks for the problem where it is not' {
        $path = Join-Path $TestDrive result.xml
        Find-Minimum { param($x) Bowl $x } -InitialGuess 5, 5 | Export-Clixml $path
        $caught = { Import-Clixml $path | Invoke-Adam -ErrorAction Stop } | Should -Throw -PassThru -ErrorId 'RecordWithoutProblem,*'
        $caught.Exception.Message | Should -BeLike 'The result*'
    }
}

Describe 'Compare-Optimizer' {
    It 'takes a block' {
        $rows = Compare-Optimizer { param($x) Bowl $x } Newton, Adam -InitialGuess 5, 5 -LossTarget 1e-6
        $rows.Method | Should -Be 'Newton', 'Adam'
    }

    It 'takes a function by pipeline' {
        (${function:Bowl} | Compare-Optimizer -Method Newton -InitialGuess 5, 5).Status | Should -Be 'GradientTolerance'
    }
}

Describe 'What is no problem at position 0 of <_>' -ForEach 'Find-Minimum', 'Invoke-Adam', 'Get-Gradient' {
    BeforeAll { $command = $_ }

    It 'is refused with what it was: <Name>' -ForEach @(
        @{ Name = 'a number'; Argument = { 5 }; Id = 'NotAProblem'; Words = '*the number 5*' }
        @{ Name = 'nothing'; Argument = { $null }; Id = 'NotAProblem'; Words = '*nothing*' }
        @{ Name = 'a list'; Argument = { , (1, 2) }; Id = 'NotAProblem'; Words = '*a list of numbers*' }
        @{ Name = 'a hashtable'; Argument = { @{ a = 1 } }; Id = 'NotAProblem'; Words = '*Hashtable*' }
        @{ Name = 'a cmdlet'; Argument = { Get-Command Get-Date }; Id = 'NotAProblem'; Words = '*the cmdlet Get-Date*' }
        @{ Name = 'a name of nothing'; Argument = { 'Nonesuch' }; Id = 'ProblemNotFound'; Words = "*'Nonesuch'*" }
    ) {
        $given = & $Argument
        $caught = { & $command $given -ErrorAction Stop } | Should -Throw -PassThru -ErrorId "$Id,*"
        $caught.Exception.Message | Should -BeLike $Words
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'is told how to name a function' {
        $caught = { & $command Bowl -ErrorAction Stop } | Should -Throw -PassThru -ErrorId 'ProblemNotFound,*'
        $caught.ErrorDetails.RecommendedAction | Should -BeLike '*${function:Bowl}*'
    }

    It 'needs a point' {
        { & $command { param($x) Bowl $x } -ErrorAction Stop } | Should -Throw -ErrorId '*Missing,*'
    }
}

Describe 'A bad object in a pipeline' {
    It 'does not stop the others' {
        $objects = 5, { param($x) Bowl $x }, $null, 'Nonesuch'
        $results = @($objects | Find-Minimum -InitialGuess 3, 3 -ErrorAction SilentlyContinue -ErrorVariable wrong)
        Rounded $results.X | Should -Be '1 2'
        $wrong.FullyQualifiedErrorId -replace ',.*' | Should -Be 'NotAProblem', 'NotAProblem', 'ProblemNotFound'
    }
}

Describe 'Find-NumericInverse' {
    It 'takes a problem at position 0' {
        Rounded (Find-NumericInverse ThreeSpaces 2, 9).X | Should -Be '2 3'
    }

    It 'finds a zero where no target is given' {
        $root = Find-NumericInverse { param($x) [Math]::Cos($x) - $x } -InitialGuess 1
        [Math]::Abs($root.X[0] - 0.7390851332151607) | Should -BeLessThan 1e-8
    }

    It 'finds a zero within bounds, where the function has no value beyond them' {
        $function = { param($x) if ($x -lt 1) { throw 'no value here' }; $x * $x - 4 }
        $root = Find-NumericInverse $function -InitialGuess -3 -LowerBound 1 -WarningAction Ignore
        [Math]::Abs($root.X[0] - 2) | Should -BeLessThan 1e-6
    }

    It 'takes a function, a problem, a name, a record or a result by pipeline' {
        $model = { param($x) $x[0], ($x[1] * $x[1]) }
        Rounded ($model | Find-NumericInverse -Target 2, 9 -InitialGuess 1, 1).X | Should -Be '2 3'
        Rounded (Get-OptimizationProblem ThreeSpaces | Find-NumericInverse -Target 2, 9).X | Should -Be '2 3'
        Rounded ('ThreeSpaces' | Find-NumericInverse -Target 2, 9).X | Should -Be '2 3'
        Rounded ((Invoke-Adam ThreeSpaces -MaxIterations 2)[-1] | Find-NumericInverse -Target 2, 9).X | Should -Be '2 3'
        Rounded (Find-Minimum ThreeSpaces | Find-NumericInverse -Target 2, 9 -InitialGuess 1, 1).X | Should -Be '2 3'
    }

    It 'takes targets by pipeline beside the physics' {
        (2, 9), (3, 16) | Find-NumericInverse -Problem ThreeSpaces | ForEach-Object { Rounded $_.X } | Should -Be '2 3', '3 4'
        { , (2, 9) | Find-NumericInverse -InitialGuess 1, 1 -ErrorAction Stop } | Should -Throw -ErrorId 'NotAProblem,*'
    }

    It 'is helped by the derivatives of a problem' {
        $called = @{ Jacobian = 0 }
        $jacobian = { param($x) $called.Jacobian++; (1, 0), (0, (2 * $x[1])) }
        Rounded (Find-NumericInverse -Problem ThreeSpaces -Jacobian $jacobian -Target 2, 9).X | Should -Be '2 3'
        $called.Jacobian | Should -BeGreaterThan 1
    }

    It 'leaves a result that methods continue from' {
        $found = Find-NumericInverse ThreeSpaces 2, 9 -MaxIterations 2 -WarningAction SilentlyContinue
        Rounded ($found | Find-Minimum).X | Should -Be '2 3'
    }
}

Describe 'The start without its name' {
    It 'comes after what to work on' {
        Rounded (Find-Minimum { param($x) Bowl $x } 5, 5).X | Should -Be '1 2'
        "$(@(Invoke-Adam Rosenbrock 2, 2 -MaxIterations 1)[0].X)" | Should -Be '2 2'
        Rounded (Find-Minimum -Objective { param($x) Bowl $x } 5, 5).X | Should -Be '1 2'
        Rounded @(Invoke-Lbfgs -Physics { param($x) ($x[0] - 1), ($x[1] - 2) } 5, 5)[-1].X | Should -Be '1 2'
        Rounded (Find-Minimum { param($left, $right) ($left - 1) * ($left - 1) + $right * $right } @{ right = 2; left = 3 }).X |
            Should -Be '1 0'
        @(Compare-Optimizer { param($x) Bowl $x } Newton, Adam 5, 5).Method | Should -Be 'Newton', 'Adam'
        @(Compare-Optimizer -Objective { param($x) Bowl $x } Newton, Adam -InitialGuess 5, 5).Method | Should -Be 'Newton', 'Adam'
    }

    It 'needs its name beside what comes by pipeline: <_>' -ForEach 'Find-Minimum', 'Invoke-Adam', 'Get-Gradient', 'Find-NumericInverse' {
        $command = $_
        $wrong = { Get-OptimizationProblem ThreeSpaces | & $command 1, 2 } | Should -Throw -PassThru -ErrorId 'NotAProblem,*'
        $wrong.ErrorDetails.RecommendedAction | Should -BeLike '*-InitialGuess*'
    }

    It 'is no name of a problem' {
        { Find-Minimum ThreeSpaces -Objective { param($x) Bowl $x } } | Should -Throw -ExpectedMessage "*the text 'ThreeSpaces'*"
    }
}
