# Script blocks are recorded, and are the same functions then; what cannot be recorded is said, and goes on as it is.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
}

Describe 'Get-FunctionTrace' {
    It 'says that a block is traced' {
        $trace = Get-FunctionTrace { param($x) $s = 0; foreach ($v in $x) { $s += $v * $v }; $s } 1, 2
        $trace | Should -BeOfType [PhysOpt.FunctionTrace]
        $trace.IsTraced | Should -BeTrue
        $trace.Reason | Should -BeNullOrEmpty
        $trace.OutputCount | Should -Be 1
    }

    It 'says why a block is not traced: <Reason>' -ForEach @(
        @{ Reason = '*catches errors*'; Block = { param($x) trap { continue }; $x[0] } }
        @{ Reason = '*write 0.0 instead of 0*'; Block = { param($x) [Math]::Max(0, $x[0]) + 2 * $x[0] } }
        @{ Reason = '*text of a traced number*'; Block = { param($x) "$($x[0])".Length * $x[0] } }
        @{ Reason = '*float* cannot hold a traced number*'; Block = { param($x) [float]$x[0] * $x[0] } }
        @{ Reason = '*something else every time*'; Block = { param($x) [datetime]::Now.Year * $x[0] } }
        @{ Reason = '*which lives on after the call*'; Block = { param($x) $global:PhysOptCalls = 1; $x[0] } }
        @{ Reason = '*method of .NET*'; Block = { param($x) [Math]::BitIncrement($x[0]) } }
    ) {
        $trace = Get-FunctionTrace $Block 1.7
        $trace.IsTraced | Should -BeFalse
        $trace.Reason | Should -BeLike $Reason
    }

    It 'has functions that [Math] lacks, of numbers, lists and fields' {
        $loss = { param($x) [PhysOpt.Math]::Erfc($x[0]) + [PhysOpt.Math]::LogGamma($x[1]) + [PhysOpt.Math]::Hypot($x[0], $x[1]) }
        (Get-FunctionTrace $loss 0.5, 3).IsTraced | Should -BeTrue
        Test-Gradient $loss 0.5, 3 | Should -BeTrue
        [PhysOpt.Math]::Gamma(5) | Should -Be 24
        [string][PhysOpt.Math]::Hypot(@(3, 5), @(4, 12)) | Should -Be '5 13'
    }

    It 'says where' {
        $block = {
            param($x)
            $half = $x[0] / 2
            [Math]::BitIncrement($half)
        }
        $trace = Get-FunctionTrace $block 1
        $trace.Line | Should -Be ($block.StartPosition.StartLine + 3)
        $trace.Text | Should -BeLike '*BitIncrement*'
    }
}

Describe 'Derivatives of a block' {
    It 'are those of its branch' -ForEach @(
        @{ Block = { param($x) if ($x[0] -gt 1) { $x[0] * $x[0] } else { 3 * $x[0] } } }
        @{ Block = { param($x) if (1 -lt $x[0]) { $x[0] * $x[0] } else { 3 * $x[0] } } }
        @{ Block = { param($x) switch ($x[0]) { { $_ -gt 1 } { $x[0] * $x[0] } default { 3 * $x[0] } } } }
        @{ Block = { param($x) $x | Where-Object { $_ -gt 1 } | ForEach-Object { return $_ * $_ }; if (-not ($x[0] -gt 1)) { 3 * $x[0] } } }
    ) {
        $slopes = @(2, -1, 5 | Get-Gradient $Block -Derivative Traced)
        "$slopes" | Should -Be '4 3 10'
    }

    It 'are an error with the reason where differences are not wanted' {
        $caught = { Get-Gradient { param($x) [float]$x[0] } 1 -Derivative Traced -ErrorAction Stop } |
            Should -Throw -PassThru -ErrorId 'DerivativesNotExact,*'
        $caught.Exception.Message | Should -BeLike '*`[float`] cannot hold*'
    }
}

Describe 'What a block takes from its surroundings' {
    It 'may change between two runs' {
        $settings = @{ Stiffness = 2.0 }
        $problem = New-OptimizationProblem -Objective { param($x) $settings.Stiffness * $x[0] * $x[0] } -InitialGuess 3
        (Invoke-GradientDescent $problem -MaxIterations 0 -Derivative Traced).Loss | Should -Be 18
        $settings.Stiffness = 5.0
        (Invoke-GradientDescent $problem -MaxIterations 0 -Derivative Traced).Loss | Should -Be 45
    }

    It 'may change during a run' {
        $factor = @(1.0)
        $objective = { param($x) $factor[0] * $x[0] * $x[0] }
        $losses = @(Invoke-GradientDescent -Objective $objective -InitialGuess 1 -Eta 0.1 -MaxIterations 2 -Derivative Traced |
            ForEach-Object { $factor[0] += 1; [Math]::Round($_.Loss, 12) })
        "$losses" | Should -Be '1 1.28 0.6912'
    }
}
