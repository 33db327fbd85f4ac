# Burgers' equation as people type it: explicit diffusion, and semi-Lagrangian advection that looks up where each cell came
# from. It traces without a branch for each cell, and gives the reference's digits.

BeforeDiscovery {
    $targetFile = "$PSScriptRoot/../../../shared/data/burgers-target.csv"
    $hasTarget = Test-Path $targetFile
    if (-not $hasTarget) { Write-Warning 'The descent to a target is skipped: there is no ../shared/data/burgers-target.csv.' }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
    $n = 128
    $dx = 2.0 / $n
    $dt = 1.0 / 32
    $nu = 0.01 / ($n * [Math]::PI)
    function Step-Burgers($u) {
        $v = New-Object double[] $n
        for ($i = 0; $i -lt $n; $i++) {
            $v[$i] = $u[$i] + $nu * $dt / ($dx * $dx) * ($u[($i + $n - 1) % $n] - 2 * $u[$i] + $u[($i + 1) % $n])
        }
        $moved = New-Object double[] $n
        for ($i = 0; $i -lt $n; $i++) {
            $p = $i - $v[$i] * $dt / $dx
            $lo = [Math]::Floor($p)
            $a = (([int]$lo % $n) + $n) % $n
            $b = ($a + 1) % $n
            $s = $p - $lo
            $moved[$i] = (1 - $s) * $v[$a] + $s * $v[$b]
        }
        $moved
    }
    $sine = [double[]](0..127 | ForEach-Object { -[Math]::Sin([Math]::PI * (-1 + ($_ + 0.5) * $dx)) })
}

Describe 'Burgers'' equation' {
    It 'gives the reference''s cells at t = 1' {
        $forward = { param($u) for ($step = 0; $step -lt 32; $step++) { $u = Step-Burgers $u }; $u }
        $trace = Get-FunctionTrace $forward $sine
        $trace.IsTraced | Should -BeTrue
        $trace.OutputCount | Should -Be 128
        $run = Invoke-GradientDescent -Physics $forward -Loss { param($y) $y | Measure-Object -Sum | ForEach-Object Sum } `
            -InitialGuess $sine -Eta 1 -MaxIterations 0
        $cells = 0.0057228, 0.01716715, 0.02861034, 0.040052, 0.05149214 # computed in single precision
        foreach ($i in 0..4) { [Math]::Abs($run.Y[$i] - $cells[$i]) | Should -BeLessThan 1e-7 }
    }

    It 'has the slope of differences along a direction, and one branch wherever cells go' {
        $loss = { param($u) for ($step = 0; $step -lt 16; $step++) { $u = Step-Burgers $u }
            $sum = 0.0
            for ($i = 0; $i -lt $n; $i++) { $sum += $u[$i] * $u[$i] * (1 + $i % 5) }
            $sum / $n
        }
        $problem = New-OptimizationProblem Burgers -Objective $loss -InitialGuess $sine
        foreach ($size in 1, -0.3, 4) {
            $at = [double[]]($sine | ForEach-Object { $size * $_ + 0.013 })
            $slope = Get-Gradient $problem $at
            $along = 0.0
            for ($i = 0; $i -lt $n; $i++) { $along += $slope[$i] * [Math]::Cos(3 * $i) }
            $h = 1e-7 # few of the 2,048 lookups change within
            $ahead, $behind = foreach ($step in $h, -$h) { & $loss ([double[]](0..127 | ForEach-Object { $at[$_] + $step * [Math]::Cos(3 * $_) })) }
            [Math]::Abs($along - ($ahead - $behind) / (2 * $h)) | Should -BeLessThan 1e-5
        }
        (Get-FunctionTrace $problem).Branches | Should -Be 1
    }

    It 'descends as the reference does' -Skip:(-not $hasTarget) {
        $target = [double[]]((Import-Csv "$PSScriptRoot/../../../shared/data/burgers-target.csv").u)
        $loss = { param($u) for ($step = 0; $step -lt 16; $step++) { $u = Step-Burgers $u }
            $sum = 0.0
            for ($i = 0; $i -lt $n; $i++) { $sum += ($u[$i] - $target[$i]) * ($u[$i] - $target[$i]) }
            $sum / $n
        }
        $run = Invoke-GradientDescent -Objective $loss -InitialGuess (@(0.0) * $n) -Eta 5 -MaxIterations 40
        $run[0, 1, 2, 3, 4, 5, 10, 20, 30, 40].Loss | ForEach-Object { [Math]::Round($_, 6) } |
            Should -Be 0.382915, 0.326882, 0.281032, 0.242804, 0.210666, 0.183476, 0.096224, 0.032819, 0.012852, 0.005186
    }
}
