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
