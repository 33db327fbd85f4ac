using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// Recorded at one point and asked at another, a block gives its own value, bit for bit and without being asked: in each block the two
/// points
/// differ in what PowerShell makes of a number.
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

        // a row by another name
        { "{ param($x) $m = @(0, 0), @(0, 0); $r = $m[1]; $r[0] = $x[0]; if ($m[1][0]) { 1/$m[1][0] } else { 42.0 } }", 1.3, 0 },
        { "{ param($x) $h = @{ r = @(0, 0) }; $r = $h.r; $r[0] = $x[0]; if ($h.r[0]) { 1/$h.r[0] } else { 42.0 } }", 1.3, 0 },
        { "{ param($x) function Put($a, $v) { $a[0] = $v }; $a = @(0.0); Put $a $x[0]; if ($a[0]) { 1/$a[0] } else { 42.0 } }", 1.3, 0 },

        // an alias of a helper
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

        // Booleans and text beside numbers
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

        // NaN
        { "{ param($x) $r = [Math]::Sqrt($x[0]); if ($r -gt 1) { 1.0 } elseif ($r -le 1) { 2.0 } else { 3.0 } }", 4, -1 },
        { "{ param($x) $r = [Math]::Sqrt($x[0]); if ($r -eq $r) { 1.0 } else { 3.0 } }", 4, -1 },
        { "{ param($x) if ([double]::IsNaN([Math]::Log($x[0]))) { 9.0 } else { 1.0 } }", 4, -1 },
        { "{ param($x) if ([double]::IsInfinity(1/$x[0])) { 9.0 } else { 1.0 } }", 4, 0 },
        { "{ param($x) [Math]::Sqrt($x[0]) ? 1.0 : 2.0 }", 4, -1 },
        { "{ param($x) $s = @([Math]::Sqrt($x[0]), 1.5, -2.0 | Sort-Object -Descending); $s[0] + 10*$s[1] }", 4, -1 },
        { "{ param($x) ([Math]::Sqrt($x[0]), 1.5 | Measure-Object -Maximum).Maximum }", 4, -1 },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_record_gives_what_the_block_gives_elsewhere(string text, double first, double then)
    {
        var block = new RecordedBlock((ScriptBlock)module.Output(text)[0].BaseObject);
        var before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = module.Runspace;
        try
        {
            block.Record([first, first == then ? 1 : 0.4]);
            Assert.Null(block.Refusal);
            var plain = block.Plain([then, 0.4]);
            Assert.Equal(plain, block.Traced([then, 0.4]));
            Assert.Null(block.Refusal);
            Assert.IsType<double[]>(plain);
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }
}
