# Where a run cannot go on because of an operation in the user's script, that operation is named with its place.
BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

BeforeDiscovery {
    $faults = @(
        @{ Block = { param($x) $x[0] * $x[0] + [Math]::Sqrt($x[1] - 4) }; Start = 1, 1
            Says = 'the loss*at the start: `[Math`]::Sqrt($x`[1`] - 4) at *line *, column *, of x`[1`], is NaN.' }
        @{ Block = { param($x) $x[0] * $x[0] + [Math]::Sqrt($x[1] - 4) }; Start = 1, 4
            Says = 'the slope in x`[1`] is infinite at the start*: `[Math`]::Sqrt($x`[1`] - 4) at *, of x`[1`], has no finite slope.' }
        @{ Block = { param($x) $d = $x[0] - $x[1]; 1 / $d }; Start = 2, 2
            Says = '*: 1 / $d at *, of x`[0`], x`[1`], is infinite.' }
        @{ Block = { param($x) [Math]::Log($x[0]) + $x[1] * $x[1] }; Start = 0, 1
            Says = '*: `[Math`]::Log($x`[0`]) at *, of x`[0`], is minus infinity.' }
        @{ Block = { param($x) $s = 0.0; foreach ($each in $x) { $s += [Math]::Exp($each) }; $s }; Start = 1, 800
            Says = '*: `[Math`]::Exp($each) at *, of x`[1`], overflows.' }
        @{ Block = { param($speed, $angle) $speed * $speed + [Math]::Asin($angle) }; Start = 1, 2
            Says = '*: `[Math`]::Asin($angle) at *, of angle, is NaN.' }
        @{ Block = { param($x) function Root($v) { [Math]::Sqrt($v) }; (Root $x[0]) + (Root ($x[0] - $x[1])) }; Start = 1, 2
            Says = '*: `[Math`]::Sqrt($v) at *, of x`[0`], x`[1`], is NaN.' }
        @{ Block = { param($x) [Math]::Pow($x[0] + $x[1] + $x[2] + $x[3] + $x[4], 0.5) }; Start = -1, -1, -1, -1, -1
            Says = '*: `[Math`]::Pow($x`[0`] + $x`[1`] + *... at *, of x`[0`], x`[1`], x`[2`] and 2 more, is NaN.' }
    )
}

Describe 'An operation without a value' {
    It 'is named: <Says>' -ForEach $faults {
        $result = Find-Minimum $Block -InitialGuess $Start -WarningAction SilentlyContinue
        $result.Status | Should -Be NonFinite
        $result.Message | Should -BeLike "*$Says"
    }

    It 'is named by its own line' {
        $block = { param($x)
            $a = $x[0] - 2
            $b = [Math]::Sqrt($x[1])
            $a * $a + $b
        }
        $line = $block.Ast.Extent.StartLineNumber + 2
        (Find-Minimum $block -InitialGuess 1, -1 -WarningAction SilentlyContinue).Message |
            Should -BeLike "*line $line, column 18, of x``[1``], is NaN."
    }

    It 'is named in the physics, and in the loss by the output that it depends on' {
        $physics = New-OptimizationProblem p -Physics { param($x) $x[0]; 1 / ($x[1] - $x[0]) } -Loss { param($y) $y[0] + $y[1] } -InitialGuess 2, 2
        (Find-Minimum $physics -WarningAction SilentlyContinue).Message | Should -BeLike '*1 / ($x`[1`] - $x`[0`]) at *, is infinite.'
        $loss = New-OptimizationProblem p -Physics { param($x) $x[0]; $x[1] } -Loss { param($y) [Math]::Log($y[1]) + $y[0] } -InitialGuess 2, -1
        (Find-Minimum $loss -WarningAction SilentlyContinue).Message | Should -BeLike '*`[Math`]::Log($y`[1`]) at *, of y`[1`], is NaN.'
    }

    It 'is named on the way too, by the step that was tried' {
        $record = Invoke-GradientDescent { param($x) $x[0] + [Math]::Sqrt($x[0]) } -InitialGuess 1 -LearningRate 1 -WarningVariable warned `
            -WarningAction SilentlyContinue | Select-Object -Last 1
        $record.Status | Should -Be NonFinite
        "$warned" | Should -BeLike '*the loss is NaN at the next point: `[Math`]::Sqrt($x`[0`]) at *, of x`[0`], is NaN.'
    }

    It 'of a block that is not traced is named by its component' {
        $untraced = { param($x) $t = Get-Date; $x[0]; [Math]::Sqrt($x[1]) }
        $problem = New-OptimizationProblem p -Physics $untraced -Loss { param($y) $y[0] * $y[0] + $y[1] * $y[1] } -InitialGuess 2, -1
        (Find-Minimum $problem -WarningAction SilentlyContinue).Message | Should -BeLike '*y`[1`] is NaN at the start.'
    }
}

Describe 'A slope that a trace cannot tell where its block has a value' {
    BeforeAll {
        # far below its step exp(1500) is infinite: 1/(1 + exp) is 0, and its slope 0 times infinity in the chain rule
        $step = { param($x) $x[0] / (1 + [Math]::Exp(-50 * ($x[1] - 30))) + ($x[0] - 2) * ($x[0] - 2) }
    }

    It 'is taken by differences' {
        $record = Invoke-Lbfgs $step -InitialGuess 1, 0 -WarningAction SilentlyContinue | Select-Object -First 1
        $record.Gradient | Should -Be @(-2, 0)
        (Invoke-Lbfgs $step -InitialGuess 1, 0 -WarningAction SilentlyContinue | Select-Object -Last 1).X[0] | Should -Be 2
    }

    It 'is that of each column in a fit' {
        $data = 0..20 | ForEach-Object { 4 / (1 + [Math]::Exp(-2 * ($_ - 17))) }
        $fit = @{ Physics = { param($x) foreach ($t in 0..20) { $x[0] / (1 + [Math]::Exp(-$x[1] * ($t - $x[2]))) } }; Target = $data }
        $last = Invoke-LevenbergMarquardt @fit -InitialGuess 1, 80, 17.5 -WarningAction SilentlyContinue | Select-Object -Last 1
        $last.Status | Should -Not -Be NonFinite
        $last.Loss | Should -BeLessThan 1
    }
}

Describe 'A jump where a search gets stuck' {
    It 'of an if is named in place of "out of reach"' {
        $found = Find-NumericInverse { param($x) if ($x[0] -lt 1) { $x[0] } else { $x[0] + 2 } } -Target 2 -InitialGuess 3 -WarningAction SilentlyContinue
        $found.IsFound | Should -BeFalse
        $found.Message | Should -BeLike '*The function jumps here, by 2: $x`[0`] -lt 1 at *, of x`[0`], turns out differently*'
        $found.Message | Should -Not -BeLike '*out of reach*'
    }

    It 'of a function that rounds is named' {
        $found = Find-NumericInverse { param($x) $x[0]; [Math]::Floor($x[1]) + $x[1] } -Target 2, 3.5 -InitialGuess 3, 3 -WarningAction SilentlyContinue
        $found.IsFound | Should -BeFalse
        $found.Message | Should -BeLike '*The function jumps here, by 1: `[Math`]::Floor($x`[1`]) at *, of x`[1`], jumps*'
    }

    It 'is not claimed where the target is out of reach' {
        $found = Find-NumericInverse { param($x) $x[0] * $x[0] + 3 } -Target 2 -InitialGuess 1 -WarningAction SilentlyContinue
        $found.Message | Should -BeLike '*may be out of reach*'
        $found.Message | Should -Not -BeLike '*jumps*'
    }
}
