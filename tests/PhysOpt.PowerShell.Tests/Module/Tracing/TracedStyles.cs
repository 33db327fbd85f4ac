namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>Blocks in every style that people write, all of which must be traced; each with the points at which to compare.</summary>
internal static class TracedStyles
{
    /// <summary>What the blocks take from their surroundings.</summary>
    internal const string Surroundings = """
        $k = 0.5; $data = 1.0, 2.0, 3.0; $table = @{ a = 2.0; b = @(1.0, 4.0) }; $settings = [pscustomobject]@{ scale = 3.0 }
        function Get-Square($v) { $v * $v }
        function Get-Sum { param([double]$a, [double]$b = 2) (Get-Square $a) + $b }
        function Test-Truth($v) { if ($v) { 2.0 } else { 5.0 } }
        function Get-Power($v, $n) { if ($n -eq 0) { 1.0 } else { $v * (Get-Power $v ($n - 1)) } }
        function Measure-Square { [CmdletBinding()] param([Parameter(ValueFromPipeline)]$v) begin { $s = 0.0 } process { $s += $v * $v } end { $s } }
        function Invoke-Twice($f, $v) { & $f (& $f $v) }
        """;

    /// <summary>In different branches of most blocks, and never on a border.</summary>
    internal const string Points = "@((1.5, 2.5), (-0.7, 0.3), (0.25, -3.0))";

    /// <summary>At the values that blocks ask for.</summary>
    internal const string Special = "@((0.25, -3.0), (1.0, 0.3), (0.0, 2.5))";

    internal static readonly string[] Loops =
    [
        "{ param($x) $x[0]*$x[0] + 3*$x[1] - 1/(2 + $x[0]*$x[0]) }",
        "{ param($x) ($x[0] + [byte]2)*($x[1] - [float]1.5)/($x[0]*3L + [uint16]9) - $x[1] % [sbyte]2 + $x[0]*(2 - $x[1]) }",
        "{ param($x) ([byte]2 + $x[0])*([float]1.5 - $x[1])/(3L*$x[0] + 9) - [uint32]7 % (5 + $x[1]) - -$x[0] + [int16]4/(9 - $x[1]) }",
        "{ param($x) $two = [psobject]2; $v = [psobject]$x[0]; $v*$two + $two*$v - $v/$two + $v*$v }",
        "{ param($x) $s = 0; for ($i = 0; $i -lt $x.Count; $i++) { $s += $x[$i]*$i }; $s*$s }",
        "{ param($x) $s = 0; foreach ($v in $x) { $s += $v*$v }; $s }",
        "{ param($x) $s = 0.0; $i = 0; while ($i -lt 2) { $s += $x[$i]*$x[1-$i]; $i++ }; $s }",
        "{ param($x) $s = 0.0; $i = 0; do { $s += $x[$i]*$x[$i]; $i++ } until ($i -ge 2); $s }",
        "{ param($x) $v = $x[0]; do { $v = $v*0.5 } while ($v -gt 0.1); $v }",
        "{ param($x) $v = $x[0] + 2.0; $n = 0; while ($v -gt 1.0) { $v = $v/1.7; $n++ }; $v*$n }",
        "{ param($x) $s = 0; $x | ForEach-Object { $s += $_*$_ }; $s }",
        "{ param($x) $x | ForEach-Object { $_*$_ } }",
        "{ param($x) $x | % { [Math]::Sin($_) } }",
        "{ param($x) $s = 0.0; $x | Where-Object { $_ -gt 0 } | ForEach-Object { $s += $_*$_ }; $s }",
        "{ param($x) $s = 0.0; $x.Where({ $_ -gt 0 }).ForEach({ $s += $_*$_ }); $s }",
        "{ param($x) $x.ForEach({ $_*$_ }) }",
        "{ param($x) $s = 0.0; foreach ($v in $x) { if ($v -lt 0) { break }; $s += $v*$v }; $s }",
        "{ param($x) $s = 0.0; foreach ($v in $x) { if ($v -lt 0) { continue }; $s += $v*$v }; $s }",
        "{ param($x) $s = 0.0; :outer foreach ($v in $x) { foreach ($w in $x) { if ($v -lt $w) { continue outer }; $s += $v*$w } }; $s }",
        "{ param($x) foreach ($v in $x) { if ($v -gt 0) { return $v*$v } }; 0.0 }",
        "{ param($x) $s = 0.0; foreach ($d in $data) { $s += [Math]::Exp(-$d*$x[0]) - $d*$x[1] }; $s }",
    ];

    internal static readonly string[] Lists =
    [
        "{ param($x) $a, $b = $x; $a*$b + $a }",
        "{ param($x) [double]$a, [double]$b = $x; $a*$b + $a }",
        "{ $args[0][0]*$args[0][1] }",
        "{ param($x) $x[-1]*$x[-2]*$x[-2] }",
        "{ param($x) $s = 0; foreach ($v in $x[0..1]) { $s += $v*$v }; $s*$x.Count*$x.Length }",
        "{ param($x) $x[-1..0] }",
        "{ param($x) $y = @($x) + @(1.0) + ($x[0]*2); $y[-1]*$y[0]*$y.Count }",
        "{ param($x) $y = @(); foreach ($v in $x) { $y += $v*2 }; $y }",
        "{ param($x) $m = @(@($x[0], $x[1]), @($x[1], 2)); $m[0][0]*$m[1][1] - $m[0][1]*$m[1][0] }",
        "{ param($x) $h = @{ a = $x[0]; b = @{ c = $x[1] } }; $h.a*$h['b'].c }",
        "{ param($x) $h = @{}; $h.a = $x[0]; $h['b'] = $x[1]; $h.a*$h.b }",
        "{ param($x) $h = @{ Count = $x[0]; Length = $x[1] }; if (0.4 -gt $h.Count) { $h.Length*2 } else { $h.Count } }",
        "{ param($x) $o = [pscustomobject]@{ a = $x[0]; b = 2 }; $o.a*$o.b*$o.a }",
        "{ param($x) $o = [ordered]@{ a = $x[0]; b = $x[1] }; $s = 0.0; foreach ($v in $o.Values) { $s += $v*$v }; $s }",
        "{ param($x) $y = [double[]]::new(2); $y[0] = $x[0]*$x[1]; $y[1] += $x[1]; $y }",
        "{ param($x) $y = [object[]]::new(2); $y[0] = $x[0]*$x[1]; $y[1] = $x[1]; $y }",
        "{ param($x) $y = @(0.0)*2; $y[0] = $x[0]*$x[1]; $y[1] = $x[1]; $y }",
        "{ param($x) [double[]]$y = @(0.0)*2; $y[0] = $x[0]*$x[1]; $y[1] = $x[1]; $y }",
        "{ param($x) $y = $x.Clone(); $y[0] = 5*$y[1]; $y[0]*$x[1] }",
        "{ param($x) $l = [System.Collections.Generic.List[object]]::new(); foreach ($v in $x) { $l.Add($v*$v) }; $l }",
        "{ param($x) $l = [System.Collections.ArrayList]::new(); foreach ($v in $x) { $null = $l.Add($v*$v) }; $l }",
        "{ param($x) $m = [object[,]]::new(2, 2); $m[0,0] = $x[0]; $m[1,1] = $x[1]; $m[0,0]*$m[1,1] }",
        "{ param($x) $y = @($x[0], $x[1]); [array]::Sort($y); $y[0]*2 + $y[1] }",
        "{ param($x) $table.a*$x[0] + $table.b[1]*$x[1]*$settings.scale }",
        "{ param($x) @(@($x[0], 2.0), $x[1])[0][0]*$x[1] }",
    ];

    internal static readonly string[] Parameters =
    [
        "{ param([double[]]$x) $x[0]*$x[1] }",
        "{ param([object[]]$x) $x[0]*$x[1] }",
        "{ param([array]$x) $x[0]*$x[1] }",
        "{ [CmdletBinding()] param([Parameter(Mandatory)][ValidateCount(2, 2)][double[]]$x) $x[0]*$x[1] }",
        "{ param($x, $p = 3.0) $x[0]*$x[0]*$p }",
        "{ param($x) [double]$s = 0; foreach ($v in $x) { $s += $v*$v }; $s }",
        "{ param($x) [double]$x[0]*[double]$x[1] + [double]($x[0] + $x[1]) }",
        "{ param($x) $v = $x[0]; $v++; $w = ++$v; $v--; $v*$w }",
        "{ param($x) $local:a = 3; ${a b} = $x[1]; $local:a*$x[0]*${a b}*$script:k }",
        "{ param($ξ) $größe = $ξ[0]; $größe*$größe }",
        "{ param($x) # comment } {\n <# } #> $u = \"}\"; $t = @'\n} { \" '\n'@\n $x[0]*$x[1] }",
        "{ param($x) $n = $null; $n + $x[0]*2 }",
        "{ param($x) ($x[0] ?? 3.0)*$x[1] }",
        "{ param($x) $q = $null; $q ??= $x[0]; $q*$x[1] }",
        "{ param($x) . { $inner = $x[0] }; & { param($t) $t*$inner } $x[1] }",
        "{ param($x) $PSBoundParameters['x'][0]*2 }",
    ];

    internal static readonly string[] Conditions =
    [
        "{ param($x) if ($x[0] -gt 0.5) { $x[0]*2 } elseif ($x[1] -le 0) { $x[1] } else { $x[1]*3 } }",
        "{ param($x) if (0.5 -gt $x[0]) { $x[0]*2 } else { $x[1]*3 } }",
        "{ param($x) if ($k -lt $x[0]) { $x[0]*2 } elseif ($k -lt $x[1]) { $x[1] } else { $x[1]*3 } }",
        "{ param($x) if ($x[1] -lt $x[0]) { $x[0]*2 } else { $x[1]*3 } }",
        "{ param($x) if ($x[0] -eq 0) { $x[1]*2 } elseif (1 -eq $x[0]) { 7 } else { $x[1]*3 } }",
        "{ param($x) if ($x[0] -ne 0) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if ($null -eq $x[0]) { 1 } elseif ($x[5] -eq $null) { $x[1]*2 } else { 4 } }",
        "{ param($x) if ($x[0] -in 0, 1) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if ($x[0] -notin 0, 1) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if (0, 1 -contains $x[0]) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if ($x -contains 0) { $x[1]*2 } elseif (1 -in $x) { $x[1] } else { $x[1]*3 } }",
        "{ param($x) $p = @($x -gt 0.1); $p.Count*$x[1] }",
        "{ param($x) $p = @($x -eq 0); $p.Count*$x[1] }",
        "{ param($x) $s = 0.0; foreach ($v in (0.1, 2.0 -gt $x[0])) { $s += $v*$x[1] }; $s }",
        "{ param($x) if ($x[0]) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if (!$x[0]) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if (-not $x[0]) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if ($x[0] -and $x[1]) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if ($x[0] -gt 0.5 -or $x[1] -lt 0) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if ($x[0] -xor $x[1]) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) if ([bool]$x[0]) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) [bool]$p = $false; $p = $x[0]; if ($p) { $x[1]*2 } else { $x[1]*3 } }",
        "{ param($x) [int]($x[0] -gt 0.5)*$x[1] }",
        "{ param($x) ($x[0] -gt 0.5) ? $x[1]*2 : $x[1]*3 }",
        "{ param($x) $x[0] ? $x[1]*2 : $x[1]*3 }",
        "{ param($x) switch ($x[0]) { 0 { $x[1]*2 } 1 { $x[1]*3 } default { $x[1]*5 } } }",
        "{ param($x) switch ($x[0]) { { $_ -gt 0.5 } { $x[1]*2; break } { $_ -gt 0.1 } { $x[1]*3 } default { $x[1]*5 } } }",
        "{ param($x) switch ($x[0]) { { $_ } { $x[1]*2; break } default { $x[1]*5 } } }",
        "{ param($x) switch ($true) { ($x[0] -gt 0.5) { $x[1]*2; break } { $x[0] } { $x[1]*4; break } default { $x[1]*5 } } }",
        "{ param($x) switch (1) { $x[0] { $x[1]*2; break } default { $x[1]*5 } } }",
        "{ param($x) $n = 0.0; $x | Where-Object { $_ } | ForEach-Object { $n += 1 }; $n*$x[1] }",
        "{ param($x) $x.Where({ $_ }).Count*$x[1] }",
        "{ param($x) (Test-Truth $x[0])*$x[1] }",
        "{ param($x) if ($x[0] -is [double] -and $x[0] -isnot [int]) { $x[1]*2 } else { 1.0 } }",
        "{ param($x) (& { if ($x[0]) { 2.0 } else { 3.0 } })*$x[1] }",
    ];

    internal static readonly string[] Calls =
    [
        "{ param($x) (Get-Square $x[0]) + (Get-Sum $x[1]) + (Get-Sum -a $x[0] -b $x[1]) }",
        "{ param($x) $x | Measure-Square }",
        "{ param($x) (Get-Power $x[0] 5)*$x[1] }",
        "{ param($x) function Half([ValidateScript({ $_ -gt -9 })]$v) { $v/2 }; (Half $x[0])*$x[1] }",
        "{ param($x) $h = @{ v = $x[0]; n = 3 }; Get-Power @h }",
        "{ param($x) $f = { param($t, $y) $x[0]*$y - $x[1]*$t }; $y = 1.0; foreach ($t in 0.0, 0.1, 0.2) { $y += 0.1*(& $f ($t + 0.05) " +
            "($y + 0.05*(& $f $t $y))) }; $y }",
        "{ param($x) $f = { param($t) $t*$t }; (& $f $x[0]) + $x[1] }",
        "{ param($x) $q = $x[1]; $f = { param($t) $t*$q }.GetNewClosure(); (& $f $x[0]) + $x[1] }",
        "{ param($x) $f = { param($t) $t*$t }; $f.Invoke($x[0])[0] + $x[1] }",
        "{ param($x) Invoke-Twice { param($t) [Math]::Sin($t) + $x[1] } $x[0] }",
        "{ param($x) function Local($t) { $t*$t*$t }; (Local $x[0]) + $x[1] }",
        "[scriptblock]::Create('param($x) $x[0]*$x[1]')",
        "{ param($x) $k*$x[0]*$x[1] }.GetNewClosure()",
        "(& (New-Module { $m = 3; function Get-Scaled($v) { $v*$m }; function Get-Block { { param($x) (Get-Scaled $x[0])*$x[1] } } }) { " +
            "Get-Block })",
        "{ param($x) [Math]::PI*$x[0] + [Math]::E*$x[1]*$x[1] + [Math]::Tau + [double]::Pi }",
        "{ param($x) [Math]::Sin($x[0]) + [math]::Cos($x[1]) + [System.Math]::Atan2($x[0], $x[1]) + [Math]::Exp($x[0]) + " +
            "[Math]::Abs($x[1]) + [Math]::Tanh($x[0]) + [Math]::Cbrt($x[1]) }",
        "{ param($x) [double]::Sin($x[0]) + [double]::Exp($x[1]) + [double]::Abs($x[0]) }",
        "{ param($x) [Math]::Asinh($x[0]) + [Math]::Acosh(1.5 + $x[1]*$x[1]) + [Math]::Atanh($x[0]/(9 + $x[0]*$x[0])) + " +
            "[Math]::CopySign($x[0], $x[1]) + [Math]::FusedMultiplyAdd($x[0], 2, $x[1]) }",
        "{ param($x) [double]::Hypot($x[0], $x[1]) + [double]::ExpM1($x[0]) + [double]::LogP1($x[1]*$x[1]) + [double]::Asinh($x[1]) + " +
            "[double]::FusedMultiplyAdd($x[0], $x[1], 0.5) }",
        "{ param($x) [PhysOpt.Math]::Erf($x[0]) + [PhysOpt.Math]::Erfc($x[1]) + [PhysOpt.Math]::Gamma(2.5 + $x[0]*$x[0]) + " +
            "[PhysOpt.Math]::LogGamma(0.5 + $x[1]*$x[1]) }",
        "{ param($x) [PhysOpt.Math]::Expm1($x[0]) + [PhysOpt.Math]::Log1p($x[1]*$x[1]) + [PhysOpt.Math]::Hypot($x[0], 1) + " +
            "[PhysOpt.Math]::FusedMultiplyAdd($x[0], $x[1], 1) }",
        "{ param($x) $u = [PhysOpt.Field]$x; [PhysOpt.Math]::Erf($u) + [PhysOpt.Math]::Hypot($u, 1.5) + " +
            "[PhysOpt.Math]::FusedMultiplyAdd($u, $u, 2.0) }",
        "{ param($x) [Math]::Pow($x[0], 3) + [Math]::Pow($x[1], -2) + [math]::Pow($x[0]*$x[0], 0.5) + [Math]::Pow(2, $x[1]) }",
        "{ param($x) [Math]::Max(0.0, $x[0]) + [Math]::Min($x[0], $x[1]) + [Math]::Clamp($x[0], 0.0, 1.0) }",
        "{ param($x) [Math]::Sign($x[0])*$x[1] + [Math]::BigMul(2, 3) + [Math]::Max(2, 3) }",
        "{ param($x) $x[0] % 2 + $x[1] % 0.7 + 7 % 3 }",
        "{ param($x) 7/2*$x[0] + 6/2*$x[1]/4 }",
        "{ param($x) $u = [PhysOpt.Field]$x; ($u*$u).Sum() }",
        "{ param($x) $u = [PhysOpt.Field]$x; $u*$u }",
        "{ param($x) [PhysOpt.Math]::Sin($x[0])*[PhysOpt.Math]::Max(0.0, $x[1]) }",
        "{ param($x) [Random]::new(42).NextDouble()*$x[0]*$x[0] }",
        "{ param($x) Write-Host \"at $($x[0])\"; $x[0]*$x[1] }",
    ];
}
