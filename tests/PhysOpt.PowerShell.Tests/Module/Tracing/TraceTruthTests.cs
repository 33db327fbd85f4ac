namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// Recorded at one point and asked at another, a block gives its own value, bit for bit and without being asked: in each block the two
/// points differ in what PowerShell makes of a number.
/// </summary>
public sealed class TraceTruthTests : IClassFixture<ModuleEngine>
{
    readonly ModuleEngine module;

    public TraceTruthTests(ModuleEngine module)
    {
        this.module = module;
        module.Output("""
            $cfg = @{}; $weights = 0.5, 2.0; $list = [System.Collections.Generic.List[object]](1.0, 2.0); $flag = $true
            function Truthy($v) { if ($v) { 1/$v } else { 7.0 } }
            Set-Alias trt Truthy; Set-Alias again trt
            function Weighted([double]$a, [double]$w) { if ($w -eq 0) { $a } else { $a * $w } }
            function Named([int]$k, [string]$s, [bool]$b, [switch]$Up) { "$k$s$b$Up" }
            filter Keep { if ($_) { $_ } else { 5.0 } }
            function Limited([ValidateRange(0, 2)][double]$v) { $v }
            $null = New-Module Applying {
                $inner = 3.0
                function Apply($f, $t) { & $f $t }
                function Each($f, $l) { $l | ForEach-Object $f }
            } | Import-Module
            """);
    }

    /// <summary>A block, where it is recorded, and where it is asked.</summary>
    public static TheoryData<string, double, double> Blocks => new()
    {
        // a value that arrives otherwise than by assignment
        { "{ param($x) $l = [Collections.Generic.List[object]]::new(); $l.Add($x[0]); if ($l[0]) { 1/$l[0] } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $l = [Collections.Generic.List[double]]::new(); $l.Add($x[0]); if ($l[0]) { 1/$l[0] } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $l = [Collections.ArrayList]::new(); $null = $l.Add($x[0]); $l[0] ? 1/$l[0] : 99.0 }", 1.3, 0 },
        { "{ param($x) $l = [Collections.Stack]::new(); $l.Push($x[0]); if ($l.Peek()) { 1/$l.Pop() } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $h = @{}; $h.Add('a', $x[0]); if ($h.a) { 1/$h.a } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $h = [ordered]@{ a = 1 }; $h['a'] = $x[0]; if ($h[0]) { 1/$h[0] } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $d = [Collections.Generic.Dictionary[string,object]]::new(); $d['a'] = $x[0]; if ($d.a) { 1.0 } else { 99.0 } }",
            1.3, 0 },
        { "{ param($x) $o = [pscustomobject]@{ a = $x[0] }; if ($o.a) { 1/$o.a } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $a = @(1.0, 2.0); [Array]::Copy(@($x[0], 1), $a, 2); if ($a[0]) { 1/$a[0] } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $a = [double[]]::new(2); $x.CopyTo($a, 0); if ($a[0]) { 1/$a[0] } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $a = @(0, 0); $a.SetValue($x[0], 1); if ($a[1]) { 1/$a[1] } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $x | ForEach-Object -Begin { $k = 0 } -Process { $k = $_ } -End { if ($k) { 1/$k } else { 99.0 } } }", 1.3, 0 },
        { "{ param($x) $y = foreach ($v in $x) { , @($v, 1) }; if ($y[0][0]) { 1/$y[0][0] } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $t = [Tuple]::Create($x[0], 1); if ($t.Item1) { 1/$t.Item1 } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) if ($x.ForEach({ $_ })[0]) { 1/$x[0] } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) if ($x.ForEach([bool])[0]) { 1/$x[0] } else { 99.0 } }", 1.3, 0 },
        { "{ param($x) $f = { param($v) if ($v) { 1/$v } else { 99.0 } }; & $f $x[0] }", 1.3, 0 },
        { "{ param($x) $f = { if ($args[0]) { 1/$args[0] } else { 99.0 } }; $f.Invoke($x[0]) }", 1.3, 0 },
        { "{ param($x) function Inner { if ($x[0]) { 1/$x[0] } else { 99.0 } }; Inner }", 1.3, 0 },
        { "{ param($x) $h = [ordered]@{ b = $x[0]; a = 2.0 }; $s = 0.0; foreach ($e in $h.GetEnumerator()) { $s = 3*$s + $e.Value }; $s }",
            1.3, 0.5 },
        { "{ param($x) $h = @{ a = $x[0]; b = 1.0; c = 0.2 }; ($h.GetEnumerator() | Sort-Object Value)[0].Value }", 1.3, 0.1 },
        { "{ param($x) $h = @{ a = $x[0]; b = 1.0 }; ($h.GetEnumerator() | Measure-Object Value -Sum).Sum }", 1.3, 0.1 },
        { "{ param($x) $h = @{ a = $x[0]; b = 1.0 }; @($h.GetEnumerator() | Where-Object Value -gt 0.5).Count * 1.0 }", 1.3, 0.1 },
        { "{ param($x) $t = [Tuple]::Create($x[0], 1), [Tuple]::Create(0.7, 2); ($t | Sort-Object Item1)[0].Item2 * 1.0 }", 1.3, 0.5 },
        { "{ param($x) $s = 0.0; foreach ($k in @{ p = 1; q = 2; r = 3; tau = 5; Uvw = 6 }.Keys) { $s = 3*$s + $k.Length*$x[0] }; $s }",
            1.3, 0.1 },
        { "{ param($x) $h = @{ zeta = $x[0]; beta = [double[]](1.0, 2.0); Gamma = 0.2; eps = 7.0 }; $s = 0.0; foreach ($k in $h.Keys) { " +
            "$s = 3*$s + $h[$k][0] }; $s }", 1.3, 0.1 },
        { "{ param($x) $s = 0; 0..19 | Sort-Object { [Math]::Floor($x[0]*$_) % 3 } | ForEach-Object { $s = (7*$s + $_) % 1009 }; 1.0*$s }",
            1.3, 0.1 },
        { "{ param($x) $v = 1.0; $null = 1..3 | Sort-Object { $v += $x[0]; $_ }; $v }", 1.3, 0.5 },

        // the scopes of functions and blocks
        { "{ param($x) $inner = 5.0; $f = { param($t) $inner*$t }; Apply $f $x[0] }", 1.3, 0.5 },
        { "{ param($x) $inner = 5.0; (Each { $inner*$_ } $x)[0] }", 1.3, 0.5 },
        { "{ param($x) function Own($t) { 7*$t }; Apply { param($t) Own $t } $x[0] }", 1.3, 0.5 },
        { "{ param($x) $k = 5.0; function Seen { $null -eq $local:k ? 1.0 : $local:k }; (Seen)*$x[0] }", 1.3, 0.5 },
        { "{ param($x) function Each1 { process { $null -eq $_ ? 1.0 : $_ } }; $x[0] | ForEach-Object { Each1 } }", 1.3, 0.5 },
        { "{ param($x) $a = (& {}), $x[0]; $c = 0; foreach ($v in $a) { $c++ }; 1.0*$c }", 1.3, 0.5 },

        // a row by another name
        { "{ param($x) $m = @(0, 0), @(0, 0); $r = $m[1]; $r[0] = $x[0]; if ($m[1][0]) { 1/$m[1][0] } else { 42.0 } }", 1.3, 0 },
        { "{ param($x) $h = @{ r = @(0, 0) }; $r = $h.r; $r[0] = $x[0]; if ($h.r[0]) { 1/$h.r[0] } else { 42.0 } }", 1.3, 0 },
        { "{ param($x) function Put($a, $v) { $a[0] = $v }; $a = @(0.0); Put $a $x[0]; if ($a[0]) { 1/$a[0] } else { 42.0 } }", 1.3, 0 },

        { "{ param($x) $h = @{ a = $x[0] }; $o = [pscustomobject]$h; $o.a = 5.0; $h.a }", 1.3, 0.5 },
        { "{ param($x) function Put([Collections.Generic.List[double]]$a) { $a[0] = 9.0 }; " +
            "$l = [Collections.Generic.List[double]]($x[0], 2); Put $l; $l[0]*$x[0] }", 1.3, 0.5 },

        // an alias of a helper
        { "{ param($x) function trt($v) { 100.0 }; trt $x[0] }", 1.3, 0 },
        { "{ param($x) function Truthy($v) { 100.0*$v }; trt $x[0] }", 1.3, 0 },
        { "{ param($x) trt $x[0] }", 1.3, 0 },
        { "{ param($x) again $x[0] }", 1.3, 0 },
        { "{ param($x) & 'trt' $x[0] }", 1.3, 0 },
        { "{ param($x) ($x | Keep)[0] }", 1.3, 0 },

        // $null in a comparison
        { "{ param($x) if ($x[0] -gt $cfg.max) { 2*$x[0] } else { -5.0 } }", 1.3, -1.2 },
        { "{ param($x) if ($cfg.max -lt $x[0]) { 2*$x[0] } else { -5.0 } }", 1.3, -1.2 },
        { "{ param($x) if ($x[0] -ge $nothing) { 2*$x[0] } else { -5.0 } }", -1.2, 0 },
        { "{ param($x) if ($null -le $x[0]) { 2*$x[0] } else { -5.0 } }", 1.3, -1.2 },
        { "{ param($x) if ($x[0] -eq $null) { 2.0 } else { -5.0 } }", 1.3, 0 },
        { "{ param($x) ($null + $x[0]) - $null + ($null - $x[0]) }", 1.3, 0 },
        { "{ param($x) $x[0] * $cfg.max + 1 }", 1.3, double.PositiveInfinity },

        { "{ param($x) if ([Math]::Sqrt($x[0]) -gt $null) { 1.0 } else { 2.0 } }", 1.3, -1 },
        { "{ param($x) if ($null -lt [Math]::Sqrt($x[0])) { 1.0 } else { 2.0 } }", 1.3, -1 },
        { "{ param($x) @($x[0], $null, 3.0)[0..2].Count*1.0 + @(1.0, 2.0)[0, 1, 5].Count }", 1.3, 0.5 },
        { "{ param($x) [Collections.ArrayList]::new(@(1, $x[0]))[0, 7].Count*1.0 }", 1.3, 0.5 },
        { "{ param($x) @(@(@{ a = $null; b = 1 }, @{ a = $x[0] }, @{ b = 1 }).a).Count*1.0 }", 1.3, 0.5 },
        { "{ param($x) $l = ($x | ForEach-Object { if ($_ -gt 1) { $_ } }); ($l[0..0]).Count*1.0 }", 1.3, 2 },
        { "{ param($x) $w = 1.0, 2.0, 4.0; $null -eq $w[[int]$x[0]] ? 9.0 : 1.0 }", 0.2, 3.2 },
        { "{ param($x) $w = 1.0, 2.0, 4.0; (1.0, $w[[int]$x[0]] | Measure-Object).Count*1.0 }", 0.2, 3.2 },

        // Booleans and text beside numbers
        { "{ param($x) if ($true -lt $x[0]) { 1.0 } else { 2.0 } }", 0, 1.3 },
        { "{ param($x) if ($true -le $x[0]) { 1.0 } else { 2.0 } }", 1.3, 0.5 },
        { "{ param($x) if ($false -lt $x[0]) { 1.0 } else { 2.0 } }", 1.3, -0.5 },
        { "{ param($x) if ($true -gt $x[0]) { 1.0 } else { 2.0 } }", 1.3, 0 },
        { "{ param($x) $x[0]*'-0' + 1/($x[0]*'-0') }", 1.3, 3 },
        { "{ param($x) if ($true -eq $x[0]) { 2*$x[0] } else { -5.0 } }", 1.3, 0 },
        { "{ param($x) if ($x[0] -eq $true) { 2*$x[0] } else { -5.0 } }", 1.3, 1 },
        { "{ param($x) if ($x[0] -ne '1') { 2*$x[0] } else { -5.0 } }", 1.3, 1 },
        { "{ param($x) ($x[0] -as [bool]) ? 1.0 : 2.0 }", 1.3, 0 },
        { "{ param($x) [double][bool]$x[0] + [int]!$x[0] }", 1.3, 0 },
        { "{ param($x) [bool]$b = $x[0]; if ($b -eq $true) { 1.0 } else { 2.0 } }", 1.3, 0 },
        { "{ param($x) if ($x[0] -in 0, 1) { 1.0 } else { 2.0 } }", 1.3, 0 },
        { "{ param($x) if (@($x) -contains 0) { 1.0 } else { 2.0 } }", 1.3, 0 },
        { "{ param($x) @($x -ne 0).Count * 1.0 }", 1.3, 0 },
        { "{ param($x) @($x | Where-Object { $_ }).Count * 1.0 }", 1.3, 0 },
        { "{ param($x) [bool[]]$b = $x; if ($b[0]) { 1.0 } else { 2.0 } }", 1.3, 0 },

        // switch with constants
        { "{ param($x) switch ([Math]::Round($x[0])) { 0 { 10.0 } default { $x[0] } } }", 0.3, -0.3 },
        { "{ param($x) switch ($x[0] % 3) { 0 { 10.0 } default { $x[0] } } }", 3, -3 },
        { "{ param($x) switch ($x[0]) { 1 { 10.0 } '2' { 20.0 } { $_ -gt 5 } { 30.0; break } default { $x[0] } } }", 1, 2 },
        { "{ param($x) switch ($x) { 0 { 10.0 } 0.4 { 4.0 } default { $_ } } }", 1.3, 0 },

        { "{ param($x) switch ($x[0]) { 0.3 { 10.0 } default { $x[0] } } }", 1, 0.1 + 0.2 },
        { "{ param($x) switch ($x[0]) { 0.3 { 10.0 } default { $x[0] } } }", 0.3, 0.30000000000001 },
        { "{ param($x) switch ($x[0]) { '1.0' { 10.0 } 1 { 20.0 } default { 30.0 } } }", 1.3, 1 },
        { "{ param($x) switch ($x[0] / 0.0) { ([double]::NaN) { 10.0 } default { 20.0 } } }", 1.3, 0 },
        { "{ param($x) switch ([int]$x[0]) { 1 { 10.0 } $true { 30.0 } default { 20.0 } } }", 1.3, 2 },
        { "{ param($x) switch (@($x[0], 'a')) { A { 10.0 } 2 { 20.0 } default { 30.0 } } }", 1.3, 2 },

        // the sign of zero
        { "{ param($x) [Math]::Atan2(-($x[1] - 0.4), $x[0]) }", 1, -1 },
        { "{ param($x) $s = 0; $s += $x[0]; 1/$s }", 1, -0.0 },
        { "{ param($x) $s = 0.0; foreach ($v in $x[0], $x[0]) { $s += $v }; 1/$s }", 1, -0.0 },
        { "{ param($x) 1/(0 - $x[0]) }", 1, 0 },
        { "{ param($x) 1/(-$x[0]) }", 1, 0 },
        { "{ param($x) 1/(-1 * $x[0]) }", 1, 0 },
        { "{ param($x) 1/([double][int]$x[0]) }", 3, -0.3 },
        { "{ param($x) 1/[Math]::Round($x[0]) }", 3, -0.3 },
        { "{ param($x) [Math]::CopySign(1, $x[0]) }", 1, -0.0 },
        { "{ param($x) 1/(@($x[0], 0.0) | Measure-Object -Maximum).Maximum }", 1.3, -0.0 },
        { "{ param($x) 1/(@(0.0, $x[0]) | Measure-Object -Minimum).Minimum }", -1.3, -0.0 },
        { "{ param($x) 1/[double]::Clamp($x[0], 0.0, 1.0) }", 1.3, -0.0 },
        { "{ param($x) 1/[Math]::Clamp($x[0], 0.0, 1.0) }", 1.3, -0.0 },
        { "{ param($x) $k = [int]$x[0]; 1/([double](-1*$k)) }", 1.3, 0 },

        // whole numbers
        { "{ param($x) [Math]::Max([Math]::Sign($x[0]), 0.25) * $x[0] + 1 }", 2, -2 },
        { "{ param($x) [int]$k = $x[0]; $k / 2 }", 3, 4 },
        { "{ param($x) $k = [int]$x[0]; ($k / 2) -is [int] ? 1.0 : 2.0 }", 3, 4 },
        { "{ param($x) $k = [int]$x[0]; [Math]::Max($k, 2) * 1.0 }", 3, 1 },
        { "{ param($x) [int]$x[0] * 1.0 }", 2.4, 2.5 },
        { "{ param($x) [long]$x[0] * 1.0 }", 2.4, -2.5 },
        { "{ param($x) $w = 1.0, 2.0, 3.0, 4.0; $w[[int]$x[0]] + $w[[int][Math]::Floor($x[0]) % 4] }", 2.4, 1.5 },
        { "{ param($x) $w = 1.0, 2.0, 3.0, 4.0; $w[$x[0]] }", 1, -1 },
        { "{ param($x) $s = 0.0; foreach ($k in 1..$x[0]) { $s += $k }; $s }", 3, 2.5 },
        { "{ param($x) (@(1.0) * $x[0]).Count * 1.0 }", 3, 2 },
        { "{ param($x) ([Math]::Sign($x[0]) -band 1) * 1.0 }", 3, 0 },
        { "{ param($x) $k = [int]$x[0]; ([byte]2*$k) -is [int] ? 1.0 : 2.0 }", 1.3, 0.5 },
        { "{ param($x) $k = [int]$x[0]; ($k + '2') -is [int] ? 1.0 : 2.0 }", 1.3, 0.5 },
        { "{ param($x) $k = [int]$x[0]; ($k*1000000000) -is [int] ? 1.0 : 2.0 }", 1.3, 4 },
        { "{ param($x) $k = [int]$x[0]; $s = 1; for ($i = 0; $i -lt 8; $i++) { $s = 31*$s + $k }; $s*1.0 }", 1.3, 40 },
        { "{ param($x) $k = [int]$x[0]; [int]([Math]::Floor($k) + 1)/2 }", 1.3, 0 },

        // errors
        { "{ param($x) try { 5 / [int]$x[0] } catch [DivideByZeroException] { 5.5 } }", 2.2, 0.2 },
        { "{ param($x) try { 5 / [int]$x[0] } catch [System.Management.Automation.RuntimeException] { 5.5 } }", 2.2, 0.2 },
        { "{ param($x) try { try { 5 / [int]$x[0] } catch { throw } } catch [ArithmeticException] { 5.5 } }", 2.2, 0.2 },
        { "{ param($x) $a = @(1.0, 2.0); try { $a[[int]$x[0]] = 3.0; 1.0 } catch [IndexOutOfRangeException] { 7.0 } catch { 8.0 } }",
            1, 5 },
        { "{ param($x) $a = [Collections.Generic.List[double]](1.0, 2.0); try { $a[[int]$x[0]] = 3.0; 1.0 } " +
            "catch [ArgumentOutOfRangeException] { 7.0 } catch { 8.0 } }", 1, 5 },
        { "{ param($x) try { [Math]::Sign([Math]::Sqrt($x[0])) } catch { 5.0 } }", 4, -1 },
        { "{ param($x) try { Limited $x[0] } catch { 9.0 } }", 1.3, 2.5 },
        { "{ param($x) try { Limited $x[0] } catch { 9.0 } }", 1.3, 2.6 },
        { "{ param($x) try { $null = Limited 3.0; $x[0] } catch { 9.0 } }", 1.3, 2.6 },
        { "{ param($x) $a = @(1.0, 2.0); try { $a[[int]$x[0]] = 3.0; 1.0 } " +
            "catch [Management.Automation.RuntimeException] { 7.0 } }", 1, 5 },
        { "{ param($x) try { if ($x[0] -gt 1) { throw [Exception]::new('no') }; 1.0 } " +
            "catch [Management.Automation.RuntimeException] { 7.0 } catch { 8.0 } }", 1, 5 },
        { "{ param($x) try { if ($x[0] -gt 1) { throw [ArgumentNullException]::new('no') }; 1.0 } " +
            "catch [Management.Automation.RuntimeException] { 7.0 } catch [ArgumentException] { 8.0 } }", 1, 5 },

        // guards by the script's own arithmetic
        { "{ param($x) if ([Math]::Pow($x[0], 3) -gt 2.197) { 5.0 } else { 1.0 } }", 10, 1.3 },
        { "{ param($x) [Math]::Floor([Math]::Pow($x[0], 3) / 2.197) }", 10, 1.3 },
        { "{ param($x) $s = 0.0; for ($i = 0; $i -lt 40; $i++) { $s += $x[0] / 10 }; if ($s -ge 4) { 5.0 } else { 1.0 } }", 10, 1 },
        { "{ param($x) [Math]::Round($x[0], 2) }", 1.3, 2.675 },
        { "{ param($x) [Math]::Round($x[0], 0, 'AwayFromZero') }", 1.3, 2.5 },

        // code that did nothing where it was recorded
        { "{ param($x) [Math]::Max(0.0, $x[0]) * [double]::Max(0, 0.7) }", -1, 1 },
        { "{ param($x) [Math]::Max(0.0, $x[0]) * (Weighted 5) + $x[0] }", -1, 1 },
        { "{ param($x) [Math]::Max(0.0, $x[0]) * [Math]::Max(0, 0.7) }", -1, 1 },
        { "{ param($x) [Math]::Max(0.0, $x[0]) * (Named).Length }", -1, 1 },
        { "{ param($x) [Math]::Max(0.0, $x[0]) * [Math]::Round(2.5) * (7 / 2) * ([int]2.5) * ('3' * 2) }", -1, 1 },

        // several indices, listed or not, of which some are not there
        { "{ param($x) $l = [Collections.Generic.List[object]]@($x[0]); ($l[0..1]).Count + 10*($l[0, 1]).Count }", 1.3, 0 },
        { "{ param($x) $l = [Collections.ArrayList]@($x[0], 2); $i = 0, 9; ($l[$i]).Count + 10*($l[0, 9]).Count + ($l[(0, 9)]).Count }",
            1, 0 },
        { "{ param($x) ($list[0, 7]).Count*$x[0] + ($list[0..7]).Count + ('abc'[0..5]).Count + 10*('abc'[0, 5]).Count }", 1.3, 0 },
        { "{ param($x) $h = [ordered]@{ a = $x[0]; b = 2 }; ($h[0..5]).Count + 10*($h[0, 5]).Count + 100*($h['a', 'z']).Count }", 1.3, 0 },
        { "{ param($x) $m = [double[,]]::new(2, 2); $m[0, 1] = $x[0]; ($m[(0, 1), (1, 0)] | Measure-Object -Sum).Sum + $m[@(0, 1)] }",
            1.3, 0 },

        // arrays that another name holds too
        { "{ param($x) $x[0] = 3.0; $x[0] + $x[1] }", 1.3, 0 },
        { "{ param($x) $a = $x.Clone(); $a[0] = 1; $a[-1] = $null; $a[0]*$x[0] + $a[1] }", 1.3, 0 },
        { "{ param($x) $a = [double[]]$x; $a[0] = 3; $x[0] + $a[1] }", 1.3, 0 },
        { "{ param($x) function F([object[]]$v) { $v[0] = 3.0 }; F $x; function G([double[]]$v) { $v[1] = 2.0 }; G $x; $x[0] + $x[1] }",
            1.3, 0 },

        // nothing, which is not $null
        { "{ param($x) $n = ($x | Where-Object { $_ -gt 1e9 }); ($x + $n).Count + 10*@($n).Count + 100*($x + $null).Count }", 1.3, 0 },
        { "{ param($x) $n = & { }; $l = @(); $l += $n; $h = @{ a = & { }; c = $null }; $l.Count + @($h.a).Count + @($h.c).Count }",
            1.3, 0 },

        { "{ param($x) $a = @($x[0], $null, 2.0, $null); @($a | Select-Object -SkipLast 1).Count + @($a | Select-Object -First 3).Count }",
            1.3, 0 },
        { "{ param($x) $a = @($x[0], $null, 2.0); @($a | Select-Object -Index 1, 2).Count + @($a | Select-Object -Last 1 -Skip 1)[0] }",
            1.3, 0 },

        // pipelines that end early
        { "{ param($x) ($x | Select-Object -First 2 | Sort-Object | Select-Object -First 1) }", 1.3, 0 },
        { "{ param($x) ($x | ForEach-Object -Begin { 1.0 } -Process { $_ } | Select-Object -First 1) * $x[0] }", 1.3, 0 },
        { "{ param($x) (1..3 | & { begin { 7.0 } process { $_ } } | Select-Object -First 1) * $x[0] }", 1.3, 0 },

        // what parameters take, which is less than casts do
        { "{ param($x) function B([bool]$b) { $b ? 1.0 : 2.0 }; try { B 'a' } catch { 5.0 }; try { B @(1) } catch { 7.0 }; B $x[0] }",
            1.3, 0 },
        { "{ param($x) function S([switch]$Up) { $Up ? 1.0 : 2.0 }; try { S -Up:(2) } catch { 5.0 }; S -Up:($x[0] -gt 1) }", 1.3, 0 },
        { "{ param($x) function S([string]$s) { $s.Length }; try { S @('a', 'b') } catch { 5.0 }; (S 1.5) + $x[0] }", 1.3, 0 },
        { "{ param($x) function S([double]$s) { $s }; try { S '1.5' } catch { 5.0 }; try { S @(1) } catch { 8.0 }; (S $true) + $x[0] }",
            1.3, 0 },

        // decimals at zero
        { "{ param($x) [double]::IsNegative(-1d * $x[0]) ? 1.0 : 2.0 }", 0, 0.5 },
        { "{ param($x) $x[0] * 2d + 1 }", 0, 0.5 },

        // types that are asked for
        { "{ param($x) $x.Count -is [int] ? $x[0] : 9.0 }", 1.3, 0 },
        { "{ param($x) ($x.LongLength -is [long]) -and ($x -is [double[]]) -and (4/2 -is [int]) ? $x[0] : 9.0 }", 1.3, 0 },

        // casts of targets and arguments, which choose overloads
        { "{ param($x) ([object]'abc').ToString().Length * $x[0] }", 1.3, 0 },
        { "{ param($x) [Math]::Max($weights[0], [int]0) * $x[0] }", 1.3, 0.7 },
        { "{ param($x) [Math]::Max($weights[0], ([int]0)) * $x[0] + [Math]::Min($weights[0], [long][double]::IsNaN(2.0)) }", 1.3, 0.7 },
        { "{ param($x) [Math]::Max([double]$weights[0], [int]0) * $x[0] + [Math]::Max([single]0.1, $weights[0]) }", 1.3, 0.7 },
        { "{ param($x) [Math]::Max([double]$x[0], 0) + [Math]::Clamp($x[0], [double]0, [double]1) }", 1.3, -0.7 },
        { "{ param($x) [Math]::Min([int]$x[0], [long]3) * [Math]::Round([decimal]$weights[1], [int]0) }", 1.3, 5.7 },

        // NaN
        { "{ param($x) [Math]::CopySign(2.0, $x[0]) + ([double]::IsNegative($x[0]) ? 1.0 : 0.0) }", 1.3, -0.0 },
        { "{ param($x) $r = [Math]::Sqrt($x[0]); if ($r -gt 1) { 1.0 } elseif ($r -le 1) { 2.0 } else { 3.0 } }", 4, -1 },
        { "{ param($x) $r = [Math]::Sqrt($x[0]); if ($r -eq $r) { 1.0 } else { 3.0 } }", 4, -1 },
        { "{ param($x) if ([double]::IsNaN([Math]::Log($x[0]))) { 9.0 } else { 1.0 } }", 4, -1 },
        { "{ param($x) if ([double]::IsInfinity(1/$x[0])) { 9.0 } else { 1.0 } }", 4, 0 },
        { "{ param($x) [Math]::Sqrt($x[0]) ? 1.0 : 2.0 }", 4, -1 },
        { "{ param($x) $s = @([Math]::Sqrt($x[0]), 1.5, -2.0 | Sort-Object -Descending); $s[0] + 10*$s[1] }", 4, -1 },
        { "{ param($x) ([Math]::Sqrt($x[0]), 1.5 | Measure-Object -Maximum).Maximum }", 4, -1 },
        { "{ param($x) @([double]::NaN, 1.0, 3.0, $x[0]) | Sort-Object -Descending | Select-Object -First 3 }", 1.5, -1 },
        { "{ param($x) $r = [Math]::Sqrt($x[0]); $r.CompareTo(1.0)*1.0 }", 4, -1 },
        { "{ param($x) $r = [Math]::Sqrt($x[0]); $r.Equals($r) ? 1.0 : 2.0 }", 4, -1 },
        { "{ param($x) $r = [Math]::Sqrt($x[0]); $r.Equals([double]::NaN) ? 1.0 : 2.0 }", 4, -1 },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_record_gives_what_the_block_gives_elsewhere(string text, double first, double then) => module.WithBlock(text, block =>
    {
        block.Record([first, first == then ? 1 : 0.4]);
        Assert.Null(block.Refusal);
        var plain = block.Plain([then, 0.4]);
        Assert.Equal(plain, block.Traced([then, 0.4]));
        Assert.Null(block.Refusal);
        Assert.IsType<double[]>(plain);
    });
}
