# What a person types first: a block, a function, a problem, a name, a record or a result, at position 0 and by pipeline.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force

    function Bowl($x) { ($x[0] - 1) * ($x[0] - 1) + ($x[1] - 2) * ($x[1] - 2) }
    filter BowlFilter($x) { ($x[0] - 1) * ($x[0] - 1) + ($x[1] - 2) * ($x[1] - 2) }

    filter BowlItem { ($_[0] - 1) * ($_[0] - 1) + ($_[1] - 2) * ($_[1] - 2) }

    function BowlInParts($x) {
        begin { $sum = 0.0 }
        process { $sum += ($x[0] - 1) * ($x[0] - 1) }
        end { $sum + [Math]::Pow($x[1] - 2, 2) }
    }

    $module = New-Module -Name Simulators {
        $script:middle = 1, 2
        function Get-Distance { param([double[]] $x) [Math]::Pow($x[0] - $script:middle[0], 2) + [Math]::Pow($x[1] - $script:middle[1], 2) }
        Export-ModuleMember -Function Get-Distance
    }

    Add-Type -ReferencedAssemblies ([PhysOpt.Vector].Assembly.Location), System.Runtime -TypeDefinition @'
        namespace Doors
        {
            public static class Simulator
            {
                public static double Distance(double[] x) { return (x[0] - 1) * (x[0] - 1) + (x[1] - 2) * (x[1] - 2); }
                public static double[] Run(double[] x) { return new[] { x[0] + x[1], x[0] * x[1] }; }
            }

            public class Stuck : PhysOpt.Functions.IMap
            {
                public PhysOpt.Vector Evaluate(PhysOpt.Vector x) { throw new System.InvalidOperationException("the valve is stuck"); }
            }

            public class Scaled : PhysOpt.Functions.IDifferentiableMap
            {
                public PhysOpt.Vector Evaluate(PhysOpt.Vector x) { return new PhysOpt.Vector(x[0] * x[0], 3 * x[1]); }

                public PhysOpt.Matrix Jacobian(PhysOpt.Vector x, PhysOpt.Vector y)
                {
                    return new PhysOpt.Matrix(new double[,] { { 2 * x[0], 0 }, { 0, 3 } });
                }

                public PhysOpt.Vector VectorJacobianProduct(PhysOpt.Vector x, PhysOpt.Vector y, PhysOpt.Vector w)
                {
                    return new PhysOpt.Vector(2 * x[0] * w[0], 3 * w[1]);
                }
            }
        }
'@
    function Rounded($vector) { "$($vector | ForEach-Object { [Math]::Round($_, 4) + 0 })" }
}

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
        @{ Name = '-Physics and -Loss'; Given = @{ Physics = { param($x) ($x[0] - 1), ($x[1] - 2) }; Loss = { param($y) Bowl $y } }; Times = 2 }
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

Describe 'Functions in place of blocks' {
    It 'are physics, loss and inverse' {
        function Stretch($x) { $x[0], ($x[1] * $x[1]) }
        function Squares($y) { $y[0] * $y[0] + $y[1] * $y[1] }
        function Back($y, $x) { $y[0], [Math]::Sqrt($y[1]) }
        $model = @{ Physics = ${function:Stretch}; Loss = Get-Command Squares; Inverse = ${function:Back} }
        $end = @(Invoke-InverseSimulator @model -InitialGuess 3, 3)[-1]
        $end.Loss | Should -BeLessThan 1e-12
    }

    It 'are delegates and maps, also for physics' {
        $byDelegate = Find-Minimum -Physics ([Func[double[], double[]]] [Doors.Simulator]::Run) -Target 3, 2 -InitialGuess 3, 0.5
        Rounded $byDelegate.X | Should -Be '2 1'
        $again = Find-Minimum -Physics $byDelegate.Problem.Physics -Target 4, 4 -InitialGuess 3, 1 -WarningAction SilentlyContinue
        [Math]::Abs($again.X[0] + $again.X[1] - 4) | Should -BeLessThan 1e-3
    }

    It 'say what went wrong in a delegate' {
        $broken = [Func[double[], double]] { throw 'no simulator today' }
        $wrong = { Invoke-Adam $broken -InitialGuess 1, 2 -ErrorAction Stop } | Should -Throw -PassThru -ErrorId 'ObjectiveFailed,*'
        $wrong.Exception.Message | Should -BeLike '*x = 1 2*no simulator today*'
    }

    It 'are maps that were written in .NET, with their derivatives' {
        $end = @(Invoke-GaussNewton -Physics ([Doors.Scaled]::new()) -Target 4, 3 -InitialGuess 3, 2)[-1]
        Rounded $end.X | Should -Be '2 1'
        "$(Get-Jacobian ([Doors.Scaled]::new()) 3, 2)" | Should -Be '[6 0; 0 3]'
        $wrong = { Find-Minimum ([Doors.Stuck]::new()) -InitialGuess 1, 2 -ErrorAction Stop } |
            Should -Throw -PassThru -ErrorId 'ObjectiveFailed,*'
        $wrong.Exception.Message | Should -BeLike '*x = 1 2: the valve is stuck*'
    }

    It 'are refused with what they are' {
        { New-OptimizationProblem -Objective 5 -InitialGuess 1 } | Should -Throw -ExpectedMessage '*the number 5*'
        { New-OptimizationProblem -Objective (Get-Command Get-Date) -InitialGuess 1 } |
            Should -Throw -ExpectedMessage '*the cmdlet Get-Date*'
        { New-OptimizationProblem { param($x) $x } -InitialGuess 1 } | Should -Throw -ExpectedMessage '*-Objective { ... }*'
    }
}

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

Describe 'Find-NumericInverse' {
    It 'takes a problem at position 0' {
        Rounded (Find-NumericInverse ThreeSpaces 2, 9).X | Should -Be '2 3'
    }

    It 'finds a zero where no target is given' {
        $root = Find-NumericInverse { param($x) [Math]::Cos($x) - $x } -InitialGuess 1
        [Math]::Abs($root.X[0] - 0.7390851332151607) | Should -BeLessThan 1e-8
    }

    It 'finds a zero within bounds, where the function has no value beyond them' {
        $root = Find-NumericInverse { param($x) if ($x -lt 1) { throw 'no value here' }; $x * $x - 4 } -InitialGuess -3 -LowerBound 1 -WarningAction Ignore
        [Math]::Abs($root.X[0] - 2) | Should -BeLessThan 1e-6
    }

    It 'leaves a result that methods continue from' {
        $found = Find-NumericInverse ThreeSpaces 2, 9 -MaxIterations 2 -WarningAction SilentlyContinue
        Rounded ($found | Find-Minimum).X | Should -Be '2 3'
    }
}

Describe 'One variable' {
    It 'is the number itself for <Block>' -ForEach @(
        @{ Block = { param($x) $x * $x - 4 * $x }; Best = 2 }
        @{ Block = { param($x) [Math]::Cosh($x - 2) }; Best = 2 }
        @{ Block = { param([double] $x) ($x - 2) * ($x - 2) }; Best = 2 }
        @{ Block = { param($x) $d = $x - 2; $d * $d }; Best = 2 }
        @{ Block = { param($x) $y = $x; $y * $y - 4 * $y }; Best = 2 }
        @{ Block = { param($x) if ($x -lt 2) { (2 - $x) * (2 - $x) } else { ($x - 2) * ($x - 2) } }; Best = 2 }
        @{ Block = { param($x) $sum = 0; foreach ($k in 1..3) { $sum += ($x - $k) * ($x - $k) }; $sum }; Best = 2 }
        @{ Block = { $args[0] * $args[0] - 4 * $args[0] }; Best = 2 }
        @{ Block = { $_ * $_ - 4 * $_ }; Best = 2 }
        @{ Block = { param($x) -$x * (4 - $x) }; Best = 2 }
        @{ Block = { param($x) $d = [double] $x - 2; $d * $d }; Best = 2 }
        @{ Block = { param($x) $x -= 2; $x * $x }; Best = 2 }
        @{ Block = { param($x) $x += 1; ($x - 3) * ($x - 3) }; Best = 2 }
        @{ Block = { param($x) $v = @(($x - 2), 0); $v[0] * $v[0] + $v[1] }; Best = 2 }
        @{ Block = { param($x) $list = $x, 2; ($list[0] - $list[1]) * ($list[0] - $list[1]) }; Best = 2 }
        @{ Block = { param($x) $x -gt 2 ? ($x - 2) * ($x - 2) : (2 - $x) * (2 - $x) }; Best = 2 }
        @{ Block = { param($x) Write-Verbose "at $x"; Write-Verbose $x; ($x - 2) * ($x - 2) }; Best = 2 }
        @{ Block = { param($x) function Square($y) { $y * $y }; Square ($x - 2) }; Best = 2 }
        @{ Block = { param($x) function Square($y) { $y * $y }; Square ($x + -2) }; Best = 2 }
        @{ Block = { param($x) $v = 1 * $x + 1; $w = $v; [Math]::Pow($w - 3, 2) }; Best = 2 }
        @{ Block = { param($x) $t = 0.0; 1..3 | ForEach-Object { $t += ($x - $_) * ($x - $_) }; $t }; Best = 2 }
        @{ Block = { param($x) return [PhysOpt.Math]::Pow($x - 2, 2) }; Best = 2 }
    ) {
        Set-StrictMode -Version Latest
        Rounded (Find-Minimum $Block -InitialGuess 1).X | Should -Be "$Best"
        Rounded (Find-Minimum $Block -InitialGuess 1 -Derivative FiniteDifference).X | Should -Be "$Best"
    }

    It 'is an array for <Block>' -ForEach @(
        @{ Block = { param($x) ($x[0] - 2) * ($x[0] - 2) } }
        @{ Block = { param($x) $s = 0; foreach ($v in $x) { $s += ($v - 2) * ($v - 2) }; $s } }
        @{ Block = { param($x) $s = 0; for ($i = 0; $i -lt $x.Count; $i++) { $s += ($x[$i] - 2) * ($x[$i] - 2) }; $s } }
        @{ Block = { param($x) $a, $rest = $x; ($a - 2) * ($a - 2) } }
        @{ Block = { param([double[]] $x) ($x[0] - 2) * ($x[0] - 2) } }
        @{ Block = { param($x) $u = @(0.0) + $x; ($u[1] - 2) * ($u[1] - 2) } }
        @{ Block = { param($x) $u = $x + @(0.0); ($u[0] - 2) * ($u[0] - 2) + $u.Count } }
        @{ Block = { param($x) $y = $x; ($y[0..0][0] - 2) * ($y[0] - 2) } }
        @{ Block = { param($x) $x | ForEach-Object { ($_ - 2) * ($_ - 2) } } }
        @{ Block = { param($x) function First($v) { $v[0..0].Count * $v[0] }; $y = First $x; ($y - 2) * ($y - 2) } }
        @{ Block = { param($x) $y = ($x * 2)[1]; ($y - 2) * ($y - 2) } }
        @{ Block = { param($x) $d = [PhysOpt.Field] $x - 2; $d.Dot($d) } }
        @{ Block = { param($x) $d = @($x); ($d[0] - 2) * ($d[0] - 2) * $d.Count } }
        @{ Block = { param($x) $y = @{ at = $x }; ($y.at[0] - 2) * ($y.at[0] - 2) * $y.at.Length } }
        @{ Block = { param($x) $s = 0.0; for ($i = 0; $i -lt 1; $i++) { $s += $x[$i] * $x[$i] - 4 * $x[$i] }; $s } }
        @{ Block = { param([object[]] $x) ($x[0] - 2) * ($x[0] - 2) } }
        @{ Block = { ($_[0] - 2) * ($_[0] - 2) } }
    ) {
        Set-StrictMode -Version Latest
        Rounded (Find-Minimum $Block -InitialGuess 1).X | Should -Be '2'
        Rounded (Find-Minimum $Block -InitialGuess 1 -Derivative FiniteDifference).X | Should -Be '2'
    }

    It 'is traced as a number too' {
        (Get-FunctionTrace { param($x) $x * $x - 4 * $x } 1).IsTraced | Should -BeTrue
        "$(Get-Gradient { param($x) [Math]::Sin($x) * $x } 1)" | Should -Be "$([Math]::Cos(1) + [Math]::Sin(1))"
    }

    It 'is the number for a loss of one output too' {
        $end = Find-Minimum -Physics { param($x) $x * $x } -Loss { param($y) ($y - 9) * ($y - 9) } -InitialGuess 1
        $end.X[0] | Should -BeGreaterThan 2.99
    }

    It 'is an array where there are several' {
        { Invoke-Adam { param($x) $x * $x - 4 * $x } -InitialGuess 1, 2 -ErrorAction Stop } | Should -Throw -ErrorId 'ObjectiveFailed,*'
    }
}
