namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>What PowerShell does otherwise than one expects, a record does too: recorded at one point, and asked at others.</summary>
/// <param name="module">An engine with the module.</param>
public sealed class TraceSurpriseTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    static readonly double[][] Points = [[1.3, 0.7], [0.5, 0.5], [2, -3], [-0.3, 7.25], [0, 0], [1.3, 0.7]];

    public static TheoryData<string> Blocks =>
    [
        // what for drops, and steps give
        "{ param($x) $s = 0.0; for ($i = 0; $i -lt 3; $i++, $s++) { $s += $x[0] }; $s }",
        "{ param($x) $s = 0.0; for (($i = 0); $i -lt 3; ($i += 1)) { $s += $x[0] }; $s }",
        "{ param($x) for ($i = 0; $i -lt 2; $(7.0; $i++)) { }; $x[0] }",
        "{ param($x) $i = 0; @($i++).Count + @(++$i)[0] + $i*$x[0] }",
        "{ param($x) $i = 0; $(++$i; $i++); @($(++$i)).Count + $x[0] }",
        "{ param($x) $i = 0; function Last { return $i++ }; @(Last).Count + $x[0] }",
        "{ param($x) $i = 0; function Last { return ($i++) }; @(Last).Count + $x[0] }",

        // conditions of a switch have a scope of their own, and clauses may change what is switched on
        "{ param($x) $z = 0; switch (1) { { $z = 5; $true } { $q = 1 } }; $z + $x[0] }",
        "{ param($x) $r = 0; switch (3) { 3 { $_ = 5 } 5 { $r = 7 } }; $r + $x[0] }",
        "{ param($x) $s = 0.0; switch ($x[0]) { { $_ -gt 1 } { $s += 1 } { $_ -gt 0 } { $s += $_ } default { $s -= 5 } }; $s }",
        "{ param($x) $s = 0.0; switch ($x) { { $_ -gt 1 } { $s += 1; continue } { $_ -gt 0 } { $s += $_; break } default { $s -= 5 } }; $s }",

        // += reads the scope of its own code alone; steps, and code that has no scope of its own, read those of callers too
        "{ param($x) $n = 10 + $x[0]; function Add { $n += 3*$x[1]; $n }; (Add) + $n }",
        "{ param($x) $n = 10 + $x[0]; & { $n -= $x[1]; $n *= 2; $n } }",
        "{ param($x) $n = 10 + $x[0]; function Add { $m = $n; $n += $x[1]; $m*$n }; Add }",
        "{ param($x) $n = 10 + $x[0]; function Add { if ($x[0] -gt 5) { $n = 1 }; $n *= 3; $n + $x[0] }; Add }",
        "{ param($x) $n = 10 + $x[0]; function Add { [double]$n += $x[1]; $n }; Add }",
        "{ param($x) $n = 10 + $x[0]; function Add { $n ??= $x[1]; $n }; Add }",
        "{ param($x) $n = 10 + $x[0]; function Add { $n++; --$n; $n++; $n }; (Add) + $n }",
        "{ param($x) $n = 10 + $x[0]; function Add { . { $n += $x[1]; & { $n += 3; $n } }; $n }; @(Add)[0] + @(Add)[1] + $n }",
        "{ param($x) $n = 10 + $x[0]; function More { $n += $x[1]; $n }; function Add { . More; $n *= 2; $n }; (Add)[1] + $n }",
        "{ param($x) $n = 10 + $x[0]; function Add { $x | ForEach-Object { $n += $_ }; $n }; (Add) + $n }",
        "{ param($x) $n = 10 + $x[0]; function Add { $null = $x.Where({ $n += $_; $true }); $n += 1; $n }; (Add) + $n }",
        "{ param($x) $n = 10 + $x[0]; function Add { $x | & { process { $n += $_; $n } } }; (Add)[1] + $n }",
        "{ param($x) $n = 10 + $x[0]; function Add { @($x | Sort-Object { $n += 3; if ($n -gt 5) { $_ } else { -$_ } })[0] }; Add }",
        "{ param($x) $n = 10 + $x[0]; function Add { switch ($x[0]) { { ($n += 3) -gt 5 } { 1.0 } default { $x[0] } } }; Add }",
        "{ param($x) $n = @(10, $x[0]); function Add { $n += $x[1]; $n }; @(Add).Count + $n[1] }",
        "{ param($x) $n = @(10, $x[0]); function Add { $n[0] += $x[1]; $n }; (Add)[0] + $n[0] }",
        "{ param($x) $h = @{ n = $x[0] }; function Add { $h.n += $x[1]; $h.n }; (Add) + $h.n }",
        "{ param($x) $n = 10 + $x[0]; function Add { try { . { $n += 1; throw 'no' } } catch { $n += $x[1] }; $n += 1; $n }; Add }",
        "{ param($x) $n = 10 + $x[0]; function Add { try { 1 | ForEach-Object { throw 'no' } } catch { }; $n += $x[1]; $n }; Add }",
        "{ param($x) $n = 10 + $x[0]; function Add($v = ($n += 3)) { $v + $n }; Add }",

        // keys of typed dictionaries are converted, and what is only counted need be no number
        "{ param($x) $d = [Collections.Generic.Dictionary[string,object]]::new(); $d[1] = $x[0]; $d['2'] = $x[1]; $d['1']*$d[2] + $d.Count }",
        "{ param($x) $d = [Collections.Generic.Dictionary[int,object]]::new(); $d['1'] = $x[0]; $d[2.0] = $x[1]; $d[1]*$d[2] }",
        "{ param($x) $d = [Collections.Generic.SortedDictionary[double,object]]::new(); $d['2'] = $x[0]; $d[1] = $x[1]; @($d.Values)[0] }",
        "{ param($x) ($x[0], @($x[1], 2), $null, 'a' | Measure-Object).Count + (@{ a = $x[0] }, @() | Measure-Object).Count*$x[0] }",

        // $null beside lists, tables and objects
        "{ param($x) if ($null -eq $x) { 1.0 } else { $x[0] } }",
        "{ param($x) if ($x -eq $null) { 1.0 } else { $x[1] } }",
        "{ param($x) $r = $null; if ($null -eq $r) { $r = @($x[0]) }; if ($null -ne $r) { 2*$r[0] } else { 3.0 } }",
        "{ param($x) $h = @{ a = $x[0] }; if ($h -eq $null) { 1.0 } elseif ($null -ne $h) { $h.a } else { 2.0 } }",
        "{ param($x) $c = [pscustomobject]@{ a = $x[0] }; if ($c -ne $null) { $c.a } else { 1.0 } }",
        "{ param($x) $l = [Collections.Generic.List[double]]::new(); $l.Add($x[0]); if ($null -ne $l) { $l[0] } else { 1.0 } }",
        "{ param($x) $m = @($null, @($x[0], 2.0)); @($m -ne $null).Count + @($m -eq $null).Count + $m[1][0] }",

        // ordered tables by position, bounds in the wrong order, checks of parameters, lists that are no numbers
        "{ param($x) $o = [ordered]@{ a = 1; b = 2 }; $o[0] = $x[0]; $o['a'] + $o.Count }",
        "{ param($x) try { [Math]::Clamp(2.0, $x[0], $x[1]) } catch { 7.5 } }",
        "{ param($x) try { [double]::Clamp($x[0], 0.0, $x[1]) } catch { 7.5 } }",
        "{ param($x) try { [Math]::Clamp([int]$x[0], 1, [int]$x[1]) } catch { 7.5 } }",
        "{ param($x) function Limited([ValidateRange(0.0, 3.0)]$v) { 2*$v }; try { Limited $x[0] } catch { -1.0 } }",
        "{ param($x) try { [double]@($x[0]) } catch { 99.0 } }",
        "{ param($x) $b = { param($v) $v*2 }; try { [double]$b.Invoke($x[0]) } catch { 99.0 } }",
    ];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_record_does_it_too(string text) => module.WithBlock(text, block =>
    {
        foreach (var point in Points)
        {
            if (block.Plain(point) is not double[] plain) continue;
            block.Record(point);
            Assert.Null(block.Refusal);
            Assert.Equal(plain, block.Traced(point));
            Assert.Null(block.Refusal);
        }

        Assert.True(block.IsRecorded);
    });

    [Theory]
    [InlineData("{ param($x) function Twice([ValidateRange(0.0, 30.0)]$v) { $v = 2*$v; $v }; Twice $x[0] }", "validates again")]
    [InlineData("{ param($x) [double]@{ a = $x[0] } }", "[Double] cannot hold")]
    [InlineData("{ param($x) $v = [Numerics.Vector2]::new(1, 2); $w = $v; $w.X = 9; $v.X + $x[0] }", "copies when it is assigned")]
    public void What_cannot_be_followed_is_refused(string text, string reason)
    {
        var trace = module.Output($"Get-FunctionTrace {text} -At 1.3, 0.7")[0];
        Assert.Contains(reason, (string)trace.Properties["Reason"].Value, StringComparison.Ordinal);
    }
}
