# The last line of defence: what a trace gives is compared with the block itself, where a run starts and where it ends.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1"
    $nothing = @{}

    # Traced at one point and asked at another: the loss is the block's own.
    function Get-Loss([scriptblock] $Block, [double[]] $First, [double[]] $Then) {
        $problem = New-OptimizationProblem Confirmed -Objective $Block -InitialGuess $First
        $null = Invoke-GradientDescent $problem -MaxIterations 0
        (Invoke-GradientDescent $problem -InitialGuess $Then -MaxIterations 0 -WarningAction Ignore).Loss
    }
}

Describe 'A run starts with the loss of the block, whatever its trace says' {
    It '<name>' -ForEach @(
        @{ name = 'a value that arrives by a method of a list'; first = 1.3, 0.4; then = 0.0, 0.4
            block = { param($x) $l = [Collections.Generic.List[object]]::new(); $l.Add($x[0]); if ($l[0]) { 1 / $l[0] } else { 99.0 } } }
        @{ name = 'a row by another name'; first = 1.3, 0.4; then = 0.0, 0.4
            block = { param($x) $m = @(0, 0), @(0, 0); $r = $m[1]; $r[0] = $x[0]; if ($m[1][0]) { 1 / $m[1][0] } else { 42.0 } } }
        @{ name = '$null in a comparison'; first = 1.3, 0.4; then = -1.2, 0.4
            block = { param($x) if ($x[0] -gt $nothing.max) { $x[0] * 2 } else { -5.0 } } }
        @{ name = 'switch with constants'; first = 0.3, 0.4; then = -0.3, 0.4
            block = { param($x) switch ([Math]::Round($x[0])) { 0 { 10.0 } default { $x[0] } } } }
        @{ name = 'the sign of zero'; first = 1.0, 1.0; then = -1.0, 0.0; block = { param($x) [Math]::Atan2(-$x[1], $x[0]) } }
        @{ name = 'a whole number'; first = 2.0, 0.4; then = -2.0, 0.4
            block = { param($x) [Math]::Max([Math]::Sign($x[0]), 0.25) * $x[0] + 1 } }
        @{ name = 'a threshold on a power'; first = 10.0, 0.4; then = 1.3, 0.4
            block = { param($x) if ([Math]::Pow($x[0], 3) -gt 2.197) { 5.0 } else { 1.0 } } }
    ) {
        $expected = & $block ([double[]] $then)
        Get-Loss $block $first $then | Should -Be $expected
    }

    It 'warns once of what the block gives, what the trace gave, and where, and does not trace the block again' {
        $problem = New-OptimizationProblem Confirmed -InitialGuess 1.3 -Objective {
            param($x) if ([cultureinfo]::CurrentCulture.Name -ne 'fi-FI') { $x[0] * $x[0] } else { -5.0 }
        }
        $null = Invoke-GradientDescent $problem -MaxIterations 0
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'fi-FI' # what no record can watch
            $null = Invoke-GradientDescent $problem -InitialGuess -1 -MaxIterations 0 -WarningVariable warnings -WarningAction Ignore
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }

        $found = @($warnings -like '*contradicts Objective itself. It gives -5, but 1 when it is traced, for output 0 at x = -1.*')
        $found.Count | Should -Be 1
        (Get-FunctionTrace $problem -At 2).Reason | Should -BeLike 'It gives -5, but 1 when it is traced*'
        $warnings = $null
        $null = Invoke-GradientDescent $problem -InitialGuess -2 -MaxIterations 0 -WarningVariable warnings -WarningAction Ignore
        @($warnings -like '*contradicts*').Count | Should -Be 0
    }
}

Describe 'A run ends with the loss of the block' {
    BeforeAll {
        # -1 is the minimum of what is traced; where the culture is changed behind its back, that of the block is -8 at -3
        $text = 'param($x)
            if ([cultureinfo]::CurrentCulture.Name -ne "fi-FI") { ($x[0] + 1) * ($x[0] + 1) } else { ($x[0] + 3) * ($x[0] + 3) - 8 }'
        $culture = [cultureinfo]::CurrentCulture
        $change = { if ($_.Iteration -eq 0) { [cultureinfo]::CurrentCulture = 'fi-FI' }; $_ }
    }

    AfterEach { [cultureinfo]::CurrentCulture = $culture }

    It '<method> continues with the block where that says something else, and warns once' -ForEach @(
        @{ method = 'Invoke-GradientDescent'; more = @{ LearningRate = 0.25; MaxIterations = 1000 } }
        @{ method = 'Invoke-Lbfgs'; more = @{} }
        @{ method = 'Invoke-TrustRegion'; more = @{} }
    ) {
        $block = [scriptblock]::Create($text)
        $run = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $end = (& $method $block -InitialGuess 1 @more @run | ForEach-Object $change)[-1]
        $end.X[0] | Should -BeGreaterThan -3.00001
        $end.X[0] | Should -BeLessThan -2.99999
        $end.Loss | Should -Be (& $block ([double[]] $end.X))
        @($warnings -like '*contradicts Objective itself. It gives *, but * when it is traced*').Count | Should -Be 1
    }

    It 'stops at a limit with the loss of the block too, at the last point that it has confirmed' {
        $block = [scriptblock]::Create($text)
        $run = @{ LearningRate = 0.5; MaxIterations = 1; WarningAction = 'Ignore' }
        $end = (Invoke-GradientDescent $block -InitialGuess 1 @run | ForEach-Object $change)[-1]
        $end.X[0] | Should -Be 1
        $end.Status | Should -Be IterationLimit
    }
}

Describe 'A slope is that of the block' {
    BeforeAll {
        # the square root by bisection: every value is right, and every branch that is recorded has the slope 0 in x0
        $search = 'param($x)
            $low = 0.0; $high = 100.0
            for ($i = 0; $i -lt 60; $i++) {
                $middle = ($low + $high) / 2
                if ($middle * $middle -gt $x[0]) { $high = $middle } else { $low = $middle }
            }
            $root = ($low + $high) / 2
            '
        $root = { [scriptblock]::Create($search + '$root') }
        $slope = 0.5 / [Math]::Sqrt(1.3)
    }

    It 'of a gradient, with a warning' {
        $g = Get-Gradient (& $root) -At 1.3, 0.4 -WarningVariable warnings -WarningAction SilentlyContinue
        $g[0] | Should -BeGreaterThan ($slope - 1e-8)
        $g[0] | Should -BeLessThan ($slope + 1e-8)
        @($warnings).Count | Should -Be 1
        $warnings | Should -BeLike 'The trace of Function contradicts Function itself. Its slope along * when it is traced, at x = *'
    }

    It 'of a Jacobian and of a Hessian' {
        $j = Get-Jacobian (& $root) -At 1.3, 0.4 -WarningAction Ignore
        $j[0, 0] | Should -BeGreaterThan ($slope - 1e-8)
        $h = Get-Hessian (& $root) -At 1.3, 0.4 -WarningAction Ignore
        $h[0, 0] | Should -BeLessThan (-0.25 * [Math]::Pow(1.3, -1.5) + 1e-5)
        $h[0, 0] | Should -BeGreaterThan (-0.25 * [Math]::Pow(1.3, -1.5) - 1e-5)
    }

    It 'of a check of gradients, which looks at what Get-Gradient gives' {
        Test-Gradient (& $root) -At 1.3, 0.4 -WarningAction Ignore | Should -BeTrue
        Test-Gradient (& $root) -At 1.3, 0.4 -Gradient { param($x) 0.4957, 0 } -WarningAction Ignore | Should -BeFalse
    }

    It 'in a search, which finds the minimum that its trace could not see' {
        $block = [scriptblock]::Create($search + '($root - 2) * ($root - 2) + ($x[1] - 1) * ($x[1] - 1)')
        $result = Find-Minimum $block 1.3, 0.4 -WarningVariable warnings -WarningAction SilentlyContinue
        $result.X[0] | Should -BeGreaterThan 3.9999
        $result.X[0] | Should -BeLessThan 4.0001
        $result.Confirmation | Should -Be None
        $result.Confirmations | Should -BeGreaterThan 4
        @($warnings).Count | Should -Be 1
    }

    It 'or an error, where exact derivatives were asked for' {
        $null = Get-Gradient (& $root) -At 1.3, 0.4 -Derivative Traced -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'TraceContradicted,*'
        $block = [scriptblock]::Create($search + '($root - 2) * ($root - 2)')
        $null = Invoke-Lbfgs $block 1.3 -Derivative Traced -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'TraceContradicted,*'
        $problem = New-OptimizationProblem n -Objective (& $root) -InitialGuess 1.3, 0.4
        $null = Get-Gradient $problem -WarningAction Ignore
        { Get-Gradient $problem -Derivative Traced } | Should -Throw -ErrorId 'TraceContradicted,*'
    }

    It 'at a kink too: <name>' -ForEach @(
        @{ name = 'abs'; block = { param($x) [Math]::Abs($x[0] - 1) + [Math]::Abs($x[1]) }; at = 1, 0 }
        @{ name = 'max'; block = { param($x) [Math]::Max($x[0] - $x[1], $x[1] - $x[0]) + $x[0] * $x[0] }; at = 0.5, 0.5 }
        @{ name = 'hinge'; block = { param($x) [Math]::Max(0.0, 1 - $x[0]) - [Math]::Max(0.0, $x[1]) }; at = 1, 0 }
        @{ name = 'if'; block = { param($x) if ($x[0] -gt 1) { 3 * $x[0] } else { 4 - $x[0] } }; at = 1, 2 }
    ) {
        $null = Get-Gradient $block -At $at -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings).Count | Should -Be 0
    }
}

Describe 'What was confirmed is told' {
    It 'by a result, apart from its evaluations' {
        $block = { param($x) ($x[0] - 3) * ($x[0] - 3) + ($x[1] + 1) * ($x[1] + 1) + 2 }
        $result = Find-Minimum $block 0, 0 -MaxEvaluations 1000
        $result.Confirmation | Should -Be Slope
        $result.Confirmations | Should -BeGreaterThan 2
        (Find-Minimum $block 0, 0 -Derivative FiniteDifference).Confirmation | Should -Be None
    }

    It 'by a numeric inverse' {
        $result = Find-NumericInverse { param($x) ($x[0] * $x[1]), ($x[0] - $x[1]) } 3, 1 2, 2
        $result.Confirmation | Should -Be Slope
        $result.Confirmations | Should -BeGreaterThan 2
    }

    It 'by Get-FunctionTrace: the last one' {
        $problem = New-OptimizationProblem n -InitialGuess 0, 0 -Objective {
            param($x) ($x[0] - 3) * ($x[0] - 3) + ($x[1] + 1) * ($x[1] + 1) + 2
        }
        (Get-FunctionTrace $problem).ConfirmedAt | Should -BeNullOrEmpty
        $result = Find-Minimum $problem
        $trace = Get-FunctionTrace $problem
        $trace.Confirmation | Should -Be Slope
        "$($trace.ConfirmedAt)" | Should -Be "$($result.X)"
        $trace.Confirmations | Should -Be $result.Confirmations
        $trace | Out-String | Should -BeLike '*Confirmed * : Slope at 3 -1, * calls*'
    }

    It 'by Get-FunctionTrace of a block, whichever command has used it' {
        $loss = { param($x) ($x[0] - 3) * ($x[0] - 3) + 1 }
        (Get-FunctionTrace $loss 5).ConfirmedAt | Should -BeNullOrEmpty
        $result = Find-Minimum $loss 5
        $trace = Get-FunctionTrace $loss 5
        "$($trace.Confirmation) $($trace.ConfirmedAt) $($trace.Confirmations)" | Should -Be "Slope 3 $($result.Confirmations)"
        $null = Get-Gradient $loss 7
        "$((Get-FunctionTrace $loss 5).ConfirmedAt)" | Should -Be 7
    }

    It 'by -Verbose: when' {
        $said = Invoke-Lbfgs { param($x) ($x[0] - 3) * ($x[0] - 3) } 0 -Verbose 4>&1 | Where-Object { $_ -isnot [PhysOpt.IterationRecord] }
        @($said -like '*the value is confirmed by the function itself, at the start.').Count | Should -Be 1
        @($said -like '*value and slope are confirmed by the function itself, at the end.').Count | Should -Be 1
        $said = Get-Gradient { param($x) $x[0] * $x[1] } -At 3, 2 -Verbose 4>&1
        @($said -like 'Value and slope are confirmed by the function itself, at x = 3 2.').Count | Should -Be 1
    }

    It 'and differences that cost more than 1,000 evaluations are a warning, once, with the reason' {
        $block = { param($x) $sum = 0.0; foreach ($v in $x) { $sum += ($v - 1) * ($v - 1) }; $sum + 0 * (Get-Date).Year }
        $null = Find-Minimum $block -InitialGuess (@(2) * 501) -WarningVariable warnings -WarningAction SilentlyContinue
        $found = @($warnings -like 'Each gradient costs 1,002 evaluations of Objective, for it is taken by differences: *Get-Date*')
        $found.Count | Should -Be 1
    }
}
