# Functions of all kinds in place of blocks, and what a block is handed.

BeforeAll { . "$PSScriptRoot/Doors.Setup.ps1" }

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

Describe 'A slip that everybody makes once' {
    It 'is told what the argument is: <Block>' -ForEach @(
        @{
            Block = { param($x) $x * $x }; At = 1, 2
            Hint = '$x is an array of 2 numbers here: write $x[0], $x[1], or a parameter for each.'
        }
        @{ Block = { param($x) ($x - 1) * ($x - 1) }; At = 1, 2, 3; Hint = '$x is an array of 3 numbers here: *[1] and so on*' }
        @{ Block = { param($x) [Math]::Sqrt($x + 1) }; At = 1, 2; Hint = '$x is an array of 2 numbers here*' }
        @{ Block = { param([double] $x) $x * $x }; At = 1, 2; Hint = '$x is an array of 2 numbers here*' }
        @{ Block = { param($x) function Square($v) { $v * $v }; Square $x }; At = 1, 2; Hint = '$x is an array of 2 numbers here*' }
        @{ Block = { $_ * $_ }; At = 1, 2; Hint = '$_ is an array of 2 numbers here*' }
        @{ Block = { param($x) $x * $x + $x.Count }; At = 1; Hint = '$x is an array of 1 number here*write $x[0] for the number.' }
        @{ Block = { param($x) 2 * $x[0], $x[1] - 1 }; At = 1, 2; Hint = 'A comma binds tighter than arithmetic*' }
        @{
            Block = { param($p) $p * $p.speed + $p.angle }; At = @{ speed = 1; angle = 2 }
            Hint = '$p holds the variables by name: write $p.angle, $p.speed.'
        }
    ) {
        $wrong = { Invoke-Adam $Block $At -ErrorAction Stop } | Should -Throw -PassThru -ErrorId 'ObjectiveFailed,*'
        $hint = $Hint -replace '[\[\]]', '`$0'
        $wrong.Exception.Message | Should -BeLike "*. $hint"
        $wrong.Exception.Message | Should -BeLike '*line *, column *'
    }

    It 'is told what a loss, a gradient and an adjoint get' {
        $model = @{ Physics = { param($x) $x[0], $x[1], 3 }; InitialGuess = 1, 2; ErrorAction = 'Stop' }
        { Find-Minimum @model -Loss { param($y) $y * $y } } | Should -Throw -ErrorId 'LossFailed,*' -ExpectedMessage '*$y is an array of 3*'
        { Find-Minimum @model -Loss { param($range, $peak) ($range - 1) * $peak } } |
            Should -Throw -ErrorId 'LossFailed,*' -ExpectedMessage '*The loss gets y as one array of 3 numbers*'
        { Find-Minimum @model -Adjoint { param($x, $w) $w * 2 - 1 } } | Should -Throw -ExpectedMessage '*$w is an array of 3*'
        $function = { param($speed, $angle) $speed * $speed + $angle * $angle }
        $slope = { param($speed) (2 * $speed - 1), 1 }
        { Find-Minimum $function 1, 2 -Gradient $slope -ErrorAction Stop } | Should -Throw -ErrorId 'GradientFailed,*' `
            -ExpectedMessage '*$speed is an array of 2 numbers here*or a parameter for each: param($speed, $angle).'
    }

    It 'is not told of what the user says by throw, which ends as a sentence' {
        { Invoke-Adam { throw 'no' } 1, 2 -ErrorAction Stop } | Should -Throw -ExpectedMessage '*: no.'
        { Invoke-Adam { throw 'Really no!' } 1, 2 -ErrorAction Stop } | Should -Throw -ExpectedMessage '*: Really no!'
        { Invoke-Adam { $x * $x } 1, 2 -ErrorAction Stop } | Should -Throw -ExpectedMessage '*start it with param($x).'
    }

    It 'is told that several outputs want a target or a loss' {
        { Find-Minimum { param($x) $x[0], $x[1] } 1, 2 -ErrorAction Stop } | Should -Throw -ErrorId 'ObjectiveNotScalar,*' `
            -ExpectedMessage '*returned 2, at x = 1 2. Give -Target or -Loss to make it the physics*'
    }

    It 'is told of a delegate that returns null' {
        $nothing = [Func[double[], double[]]] [Doors.Simulator]::Nothing
        $wrong = { Invoke-Adam $nothing 1, 2 -ErrorAction Stop } | Should -Throw -PassThru -ErrorId 'ObjectiveReturnedNothing,*'
        $wrong.Exception.Message | Should -BeLike '*not null, at x = 1 2.'
    }
}

Describe 'A loss with a parameter for each output' {
    It 'gets them one by one, traced or not' {
        $model = @{
            Physics = { param($x) ($x[0] + 1), ($x[1] * 2) }
            Loss = { param($range, $peak) ($range - 3) * ($range - 3) + $peak * $peak }
        }
        Rounded (Find-Minimum @model -InitialGuess 1, 2).X | Should -Be '2 0'
        Rounded (Find-Minimum @model -InitialGuess 1, 2 -Derivative FiniteDifference).X | Should -Be '2 0'
        (Get-FunctionTrace (New-OptimizationProblem @model -InitialGuess 1, 2)).IsTraced | Should -Be $true, $true
    }
}

Describe 'A delegate or method of several numbers' {
    It 'gets each variable by the name of its parameter: <Name>' -ForEach @(
        @{ Name = 'a delegate'; Function = { [Func[double, double, double]] [Doors.Simulator]::Two } }
        @{ Name = 'a static method'; Function = { [Doors.Simulator]::Two } }
    ) {
        $given = & $Function
        $result = Find-Minimum $given 5, 5
        Rounded $result.X | Should -Be '1 2'
        Rounded $result.speed, $result.angle | Should -Be '1 2'
        Rounded (Find-Minimum $given @{ angle = 5; speed = 4 }).X | Should -Be '1 2'
        Rounded (Get-Gradient $given 5, 5) | Should -Be '8 6'
        { Find-Minimum $given 5, 5, 5 } |
            Should -Throw -ErrorId 'InitialGuessLengthMismatch,*' -ExpectedMessage '*Simulator.Two, takes 2.'
    }

    It 'is physics, a loss, or made of a block too' {
        Rounded (Find-NumericInverse ([Doors.Simulator]::Throw) 5, 6 1, 2).X | Should -Be '2 3'
        Rounded (Find-Minimum { param($x) $x[0], $x[1] } 5, 5 -Loss ([Doors.Simulator]::Two)).X | Should -Be '1 2'
        Rounded (Find-Minimum ([Func[double, double, double]] { param($a, $b) $a * $a + $b * $b }) 5, 5).X | Should -Be '0 0'
    }

    It 'says truly what does not fit' {
        { Invoke-Adam { param($x) $x[0], $x[1], 2 } 5, 5 -Loss ([Doors.Simulator]::Two) -ErrorAction Stop } |
            Should -Throw -ErrorId 'LossUnfit,*' -ExpectedMessage '*takes 2 numbers, but there are 3.*'
        { Invoke-Adam ([Func[double, double]] { param($a) $a * $a }) 5, 5 -ErrorAction Stop } |
            Should -Throw -ErrorId 'ObjectiveUnfit,*' -ExpectedMessage '*takes one number where there are 2.*'
        { Invoke-Adam ([Func[double, string, double]] { param($a) $a * $a }) 5, 5 -ErrorAction Stop } |
            Should -Throw -ErrorId 'ObjectiveUnfit,*' -ExpectedMessage '*takes 2 arguments, of which not all are numbers.*'
        { Invoke-Adam ([Doors.Simulator]::Text) 5 -ErrorAction Stop } |
            Should -Throw -ErrorId 'NotAProblem,*' -ExpectedMessage '*the method Text, which does not take*: *string text*'
    }
}
