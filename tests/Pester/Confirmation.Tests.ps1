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

    It 'forgets no refusal: a block that contradicted its trace is not traced again' {
        $problem = New-OptimizationProblem Confirmed -InitialGuess 1.3 -Objective {
            param($x) if ($x[0] -gt $nothing.max) { $x[0] * $x[0] } else { -5.0 }
        }
        $null = Invoke-GradientDescent $problem -MaxIterations 0
        $verbose = Invoke-GradientDescent $problem -InitialGuess -1 -MaxIterations 0 -Verbose 4>&1 | Out-String
        $verbose | Should -BeLike '*The trace is given up: It gives -5, but 1 when it is traced*'
        (Get-FunctionTrace $problem -At 2).Reason | Should -BeLike 'It gives -5, but 1 when it is traced*'
    }
}

Describe 'A run ends with the loss of the block' {
    BeforeAll {
        # -1 is the minimum of what is traced from 1; the block itself takes the other branch there, whose minimum 5 is at -3
        $block = {
            param($x)
            if ($x[0] -gt $nothing.max) { ($x[0] + 1) * ($x[0] + 1) } else { ($x[0] + 3) * ($x[0] + 3) + 5 }
        }
    }

    It '<method> continues with the block where that says something else, and warns once' -ForEach @(
        @{ method = 'Invoke-GradientDescent'; more = @{ LearningRate = 0.25; MaxIterations = 1000 } }
        @{ method = 'Invoke-Lbfgs'; more = @{} }
        @{ method = 'Invoke-TrustRegion'; more = @{} }
        @{ method = 'Find-Minimum'; more = @{} }
    ) {
        $end = (& $method $block -InitialGuess 1 @more -WarningVariable warnings -WarningAction SilentlyContinue)[-1]
        $end.X[0] | Should -BeGreaterThan -3.00001
        $end.X[0] | Should -BeLessThan -2.99999
        $end.Loss | Should -Be (& $block ([double[]] $end.X))
        @($warnings -like '*gives another value than its trace*').Count | Should -Be 1
    }

    It 'stops at a limit with the loss of the block too' {
        $end = (Invoke-GradientDescent $block -InitialGuess 1 -LearningRate 0.5 -MaxIterations 1 -WarningAction Ignore)[-1]
        $end.X[0] | Should -Be -1
        $end.Loss | Should -Be 9
        $end.Status | Should -Be IterationLimit
    }
}
