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
        "{ param($x) $n = 10 + $x[0]; function Add { try { 1 | ForEach-Object { throw 'no' } } catch { $m = 2 }; "
            + "$n += $x[1]; $m*$n }; Add }",
        "{ param($x) $n = 10 + $x[0]; function Add($v = ($n += 3)) { $v + $n }; Add }",

        // keys of typed dictionaries are converted, and what is only counted need be no number
        "{ param($x) $d = [Collections.Generic.Dictionary[string,object]]::new(); $d[1] = $x[0]; $d['2'] = $x[1]; $d['1']*$d[2] + $d.Count }",
        "{ param($x) $d = [Collections.Generic.Dictionary[int,object]]::new(); $d['1'] = $x[0]; $d[2.0] = $x[1]; $d[1]*$d[2] }",
        "{ param($x) $d = [Collections.Generic.SortedDictionary[double,object]]::new(); $d['2'] = $x[0]; $d[1] = $x[1]; @($d.Values)[0] }",
        "{ param($x) ($x[0], @($x[1], 2), $null, 'a' | Measure-Object).Count + (@{ a = $x[0] }, @() | Measure-Object).Count*$x[0] }",

        // beside its element 0 one number has nothing, which is less than $null
        "{ param($x) $n = 2*$x[0]; $n[0] + @($n[1] | ForEach-Object { 1 }).Count + @($n[0, 1] | ForEach-Object { 1 }).Count + $n[-1] }",
        "{ param($x) $n = 2*$x[0]; @($n[0.2]).Count + @($n['a']).Count + @($n[0L]).Count + @($n[$x[1]]).Count }",
        "{ param($x) $n = 2*$x[0]; @($n[[int]$x[1]]).Count + @($x[7]).Count + @($n[$x[1] - 1]).Count }",

        // bounds among which one is traced, and ranges that text ends
        "{ param($x) [Math]::Clamp($x[0], 0, $x[1] + 4) + [Math]::Clamp($x[0], -3.0, $x[1]*$x[1]) }",
        "{ param($x) @(([int]$x[0])..'2').Count + @([int][char]'2'..[int]$x[1])[0] }",

        // a list of numbers holds traced ones wherever it is handed to
        "{ param($x) $l = [Collections.Generic.List[double]]@(3, 0.5); $l.Add($x[1]); function At([double[]]$v) { $v[2] }; At $l }",
        "{ param($x) $l = [Collections.Generic.List[double]]@(3); $l.Add($x[1]); "
            + "function F([object[]]$v) { $v[0] = 2; $v[1] }; (F $l) + $l[0] }",
        "{ param($x) $l = [Collections.Generic.List[double]]@(3); $l.Add($x[1]); $h = @{ l = $l }; $h.l[0] = $x[0]; $l[0]*$h.l[1] + $h.l.Count }",

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

        // += and its kin read their own scope alone, but not where a dot may bring in another
        "{ param($x) $q = 1; function F { $q += $x[0]; $q }; (F) + 100*$q }",
        "{ param($x) $q = 1; function F { if ($q -gt 0) { $q -= $x[0] }; $q }; (F) + 100*$q }",
        "{ param($x) $q = 1; & { $q ??= $x[0]; $q } }",
        "{ param($x) $q = 1; & { [double]$q += $x[0]; $q } }",
        "{ param($x) $q = 1; & { $q++; $q + $x[0] } }",
        "{ param($x) $q = 1; . { $q += $x[0] }; $q }",
        "{ param($x) $q = 1; function F { . { $q += $x[0] }; $q += 1; $q }; (F) + 100*$q }",
        "{ param($x) $q = 1; function F { 1..3 | ForEach-Object { $q += $x[0] }; $q += 1; $q }; (F) + 100*$q }",
        "{ param($x) $q = 1; function F { (1..3).ForEach({ $q += $x[0] }); $q }; (F) + 100*$q }",
        "{ param($x) $q = 1; function F($z = ($q += 3)) { $z + $q }; (F) + $x[0] }",
        "{ param($x) $q = 1; $f = { $q += $x[0]; $q }.GetNewClosure(); & $f }",
        "{ param($x) $MaximumHistoryCount += $x[0]; $MaximumHistoryCount + 1 }",

        // which argument belongs to which parameter
        "{ param($x) function F($a) { $a }; try { F -a 1 -A 2 } catch [Management.Automation.ParameterBindingException] { $x[0] } }",
        "{ param($x) function F($abc, $abd) { $abc }; try { F -ab 1 } catch { $x[0] } }",
        "{ param($x) function F { param([Parameter(Mandatory)]$a) $a }; try { F $null } catch { $x[0] } }",
        "{ param($x) function F { param([Parameter(Mandatory)]$a) 1.0 }; (F @()) + (F '') + $x[0] }",
        "{ param($x) function F { param([Parameter(Mandatory)][double[]]$a) $a[0] }; try { F @() } catch { F $x } }",
        "{ param($x) function F { param([Parameter(Mandatory)][string[]]$a) 1.0 }; try { F @('a', '') } catch { $x[0] } }",
        "{ param($x) function F { param([Parameter(Mandatory)][AllowEmptyString()][string]$a) $a.Length }; (F '') + $x[0] }",
        "{ param($x) function F { param([Parameter(ValueFromRemainingArguments)]$r, $a) $a + 10*$r.Count }; (F 1 2 3) + $x[0] }",
        "{ param($x) function F { param($a, [Parameter(ValueFromRemainingArguments)]$r) $r.Count + $r[0] }; F 1 $x }",
        "{ param($x) function F { param([Parameter(ParameterSetName='P', Position=0)]$a = 3, [Parameter(ParameterSetName='Q')]$b) "
            + "$a + $b }; (F $x[0]) + (F -b $x[1]) }",
        "{ param($x) function F { param([Parameter(ParameterSetName='P')]$a, [Parameter(ParameterSetName='Q')]$b) $a }; "
            + "try { F -a 1 -b 2 } catch { $x[0] } }",
        "{ param($x) function F { [CmdletBinding(PositionalBinding=$false)] param($a, [Parameter(Position=0)]$b) $b }; F $x[0] }",
        "{ param($x) function G($a, [switch]$s, $b) { $s ? $a : $b }; function F { G @args }; (F -s 1 $x[0]) + 10*(F -b:$x[0] 1) }",
        "{ param($x) function F { $args[0].Length }; (F -abc:3) + (F -abc 3) + $x[0] }",

        "{ param($x) $h = @{ a = $x[0] }; function G($a, $b = 7) { $a*$b }; (G @h -a 3) + (G -A 4 @h) + (G @h 5) }",

        // numbers that are written as arguments keep their text
        "{ param($x) function F([string]$s) { $s.Length }; (F 1.50) + (F 0x10) + (F -s 1kb) + (F -s:007) + (F (1.50)) + $x[0] }",
        "{ param($x) function F($b) { [string]$c = $b; $c.Length + \"$b\".Length + ($b + 1) + $b.ToString().Length }; (F 1.50)*$x[0] }",
        "{ param($x) function F([double]$b) { [string]$b -eq '1.50' ? 1.0 : 2.0 }; (F 1.50)*$x[0] }",
        "{ param($x) function F($b) { $b -eq '1.50' ? $b*$x[0] : 2.0 }; F 1.50 }",
        "{ param($x) function F([ValidateSet('1.50')][string]$b) { $b.Length }; (F 1.50) + $x[0] }",

        // entries whose key is no text, and what lists are, whatever they hold
        "{ param($x) $h = @{ 1 = $x[0]; 2 = 5 }; $h.2 = 7; $h.1 += 2; $k = 1; $h.1*$h.2 + $h.$k }",
        "{ param($x) $h = [ordered]@{ 1 = $x[0]; 2 = 5 }; $h.1*$h.2 }",
        "{ param($x) $a = @($x[0], 1); $x.IsFixedSize -and $a.IsFixedSize -and !$a.IsReadOnly ? $x[0] : 1.0 }",
        "{ param($x) $a = [Collections.ArrayList]@($x[0], 1); $a.isfixedsize -or $a.ISREADONLY ? 1.0 : $a[0] }",

        // $null and lists, sums of tables, types that hold one thing or nothing
        "{ param($x) $a = @($x[0]); $r = $null; $r += $a; $r[0] = 5; $a[0] + $r.Count }",
        "{ param($x) $r += , $x[0]; $r += $x[1]; $r[0] + $r.Count }",
        "{ param($x) $h = @{ a = 1 } + @{ b = $x[0] }; try { $h + @{ A = 2 } } catch { $h.b + $h.Count } }",
        "{ param($x) [Nullable[int]]$n = $x[0]; [Nullable[double]]$m = $null; $n/2 + ($m ?? 3.0) }",
        "{ param($x) [array]$a = $x[0]; $a += 3; $a.Count + $a[0] }",

        // where lists end, begin and part
        "{ param($x) $a, $b = $x.Where({ $_ -gt 0.6 }, 'Split'); $a.Count + 10*$b.Count }",
        "{ param($x) $n = 0; $a, $b = (1..6).Where({ $n++; $_ -gt $x[0] }, 'Split', 2); $n + 10*$a.Count + 100*$b[-1] }",
        "{ param($x) $n = 0; $a = (1..6).Where({ $n++; $_ -gt $x[0] }, 'Until', 2); $n + 10*$a.Count }",
        "{ param($x) $n = 0; $a = (1..6).Where({ $n++; $_ -gt $x[0] }, 'SkipUntil', 2); $n + 10*$a.Count + $a[0] }",

        // what -match leaves behind
        "{ param($x) if ('k=2.5' -match '(?<key>\\w)=(.*)') { [double]$Matches[1]*$x[0] + $Matches.key.Length } else { 1.0 } }",
        "{ param($x) function F { $null = 'abc' -match 'b.' }; $null = 'abc' -match 'a'; F; $null = 'abc' -match 'z'; "
            + "$Matches[0].Length*$x[0] }",
        "{ param($x) switch -Regex ('a12', 'b7') { '(\\d)$' { [int]$Matches[1]*$x[0] } default { 1.0 } } }",

        // indices that are $null, arrays that convert what they are given, blocks with a scope of their own
        "{ param($x) try { $x[$null] } catch { 3*$x[0] } }",
        "{ param($x) try { $x[$null] = 1; 1.0 } catch { 3*$x[0] } }",
        "{ param($x) [string[]]$k = 'a', 'b'; $k[0] = 55; $k[1] = $null; $k[0].Length + $k[1].Length + $x[0] }",
        "{ param($x) $m = [object[][]]::new(2); $m[0] = @($x[0], 2); $m[1] = $x; $m[0][0] + $m[1].Count }",
        "{ param($x) $n = 9; (1, 2 | Sort-Object { $n += 1; $n*$_ } -Descending)[0] + $n + $x[0] }",
        "{ param($x) $n = 9; function F([ValidateScript({ $n += 1; $n -lt 5 })]$v) { $n + $v }; F $x[0] }",

        "{ param($x) [Math]::IEEERemainder(4*$x[0], 2) + [double]::Ieee754Remainder(3, $x[1]) }",
    ];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_record_does_it_too(string text) => module.WithBlock(text, block =>
    {
        Assert.Null(block.Difference(Points, Assert.Fail));
        Assert.True(block.IsRecorded);
    });

    [Theory]
    [InlineData("{ param($x) function Twice([ValidateRange(0.0, 30.0)]$v) { $v = 2*$v; $v }; Twice $x[0] }", "validates again")]
    [InlineData("{ param($x) [double]@{ a = $x[0] } }", "[Double] cannot hold")]
    [InlineData("{ param($x) function F { param([Parameter(Mandatory)]$a) 1.0 }; try { F } catch { $x[0] } }", "mandatory parameter -a")]
    [InlineData("{ param($x) function F { param([Parameter(ParameterSetName='P')]$a, [Parameter(ParameterSetName='Q')]$b) $a }; F $x[0] }",
        "which of its parameter sets")]
    [InlineData("{ param($x) function F { param([Parameter(ValueFromPipeline)][int]$a) process { 5.0 } }; @('a', 2 | F).Count*$x[0] }",
        "does not take what comes through the pipeline")]
    [InlineData("{ param($x) @(1, 2 | Sort-Object { throw 'no' }).Count*$x[0] }", "Sort-Object fails, which PowerShell passes over: no")]
    [InlineData("{ param($x) try { $PID = 5 } catch { 3.0*$x[0] } }", "$PID a value, which PowerShell does not allow")]
    [InlineData("{ param($x) function F($Host) { 5.0 }; try { F 3 } catch { $x[0] } }", "$Host a value")]
    [InlineData("{ param($x) $l = [Collections.Generic.List[double]]$x; $l.Capacity*1.0 }", "the property Capacity of a list")]
    [InlineData("{ param($x) $x.PSObject.TypeNames.Count*$x[0] }", "the PSObject of a list")]
    [InlineData("{ param($x) [PhysOpt.Math]::Max(0, $x[0]) }", "computed in whole numbers")]
    [InlineData("{ param($x) $v = [Numerics.Vector2]::new(1, 2); $w = $v; $w.X = 9; $v.X + $x[0] }", "copies when it is assigned")]
    public void What_cannot_be_followed_is_refused(string text, string reason)
    {
        var trace = module.Output($"Get-FunctionTrace {text} -At 1.3, 0.7")[0];
        Assert.Contains(reason, (string)trace.Properties["Reason"].Value, StringComparison.Ordinal);
    }
}
