# One fresh session, for the bench "cold": imports PhysOpt, finds the minimum of Rosenbrock's function, then that of the
# chained function ten times, by blocks of different text. Puts out a line of milliseconds: import, first answer, ten runs.
param([string] $Manifest, [int] $Variables, [switch] $Empty)
$clock = [Diagnostics.Stopwatch]::StartNew()
Import-Module $Manifest
$import = $clock.Elapsed.TotalMilliseconds
$times = [Collections.Generic.List[double]]::new()
$times.Add($import)
if (-not $Empty) {
    $result = Find-Minimum -InitialGuess -1.2, 1 -Objective {
        param($x) $a = 1 - $x[0]; $b = $x[1] - $x[0] * $x[0]; $a * $a + 100 * $b * $b
    }
    $times.Add($clock.Elapsed.TotalMilliseconds - $import)
    if ($result.Loss -gt 1e-6) { throw "No minimum: $($result.Loss)" }
    $start = [double[]] @(for ($i = 0; $i -lt $Variables; $i++) { $i % 2 ? 1 : -1.2 })
    for ($run = 0; $run -lt 10 -and $Variables -gt 0; $run++) {
        $block = [scriptblock]::Create(@"
            param(`$x$run)
            `$s = 0.0
            for (`$i = 0; `$i -lt `$x$run.Count - 1; `$i++) {
                `$t = `$x$run[`$i + 1] - `$x$run[`$i] * `$x$run[`$i]
                `$u = 1 - `$x$run[`$i]
                `$s += 100 * `$t * `$t + `$u * `$u
            }
            `$s
"@)
        $clock.Restart()
        $result = Find-Minimum -Method Lbfgs -Objective $block -InitialGuess $start -LossTolerance 2.22e-9 -GradientTolerance 1e-5
        $times.Add($clock.Elapsed.TotalMilliseconds)
        if ($result.Loss -gt 1e-6) { throw "No minimum: $($result.Loss)" }
    }
}
$times -join ' '  # -join writes numbers by the invariant culture
