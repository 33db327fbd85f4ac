namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>Pipelines and commands: a record gives what the block gives, or is refused with a reason that is true.</summary>
public sealed class TracePipelineTests : IClassFixture<ModuleEngine>
{
    readonly ModuleEngine module;

    public TracePipelineTests(ModuleEngine module)
    {
        this.module = module;
        module.Output("""
            function Plus($v) { process { $_ * 10 + $v } }
            function Count-Input { @($input).Count }
            function Get-Own { [CmdletBinding()] param($v) $v }
            """);
    }

    /// <summary>A block of two numbers.</summary>
    public static TheoryData<string> Blocks => new()
    {
        // the order in a pipeline: source, arguments, begin blocks
        "{ param($x) $n = 0; $null = 1 | % -Begin { $n += 1 } { $_ } | % -Begin { $n *= 10 } { $_ }; $n + $x[0] }",
        "{ param($x) $n = 1; $null = ($n = 5) | % -Begin { $n *= 2 } { $_ }; $n + $x[0] }",
        "{ param($x) $i = 1; (1 | Plus ($i++) | Plus ($i++)) + $x[0] }",
        "{ param($x) $i = 1; (($i = 5) | Plus $i) + $x[0] }",
        "{ param($x) $l = @(0); function A { begin { $l[0] = 10*$l[0] + 1 } process { $_ } }; function B { " +
            "begin { $l[0] = 10*$l[0] + 2 } process { $_ } end { $l[0] = 10*$l[0] + 3 } }; $null = 1 | A | B; $l[0] + $x[0] }",
        "{ param($x) $l = @(0); function A { param($q = $($l[0] = 10*$l[0] + 4)) begin { $l[0] = 10*$l[0] + 1 } process { $_ } }; " +
            "function B { param($q = $($l[0] = 10*$l[0] + 5)) process { $l[0] = 10*$l[0] + 2 } }; $null = 1 | A | B; $l[0] + $x[0] }",
        "{ param($x) $l = @(0); function A { [CmdletBinding()] param([Parameter(ValueFromPipeline)]$v, $q = $($l[0] = 10*$l[0] + 4)) " +
            "begin { $l[0] = 10*$l[0] + 1 } process { $v } }; function B { [CmdletBinding()] param([Parameter(ValueFromPipeline)]$v, " +
            "$q = $($l[0] = 10*$l[0] + 5)) process { $l[0] = 10*$l[0] + 2 } }; $null = 1 | A | B; $l[0] + $x[0] }",
        "{ param($x) $l = 0; $null = 1 | % -Begin { $l = 10*$l + 1; 7 } { $_ } -End { $l = 10*$l + 2 } | % -Begin { $l = 10*$l + 3 } " +
            "{ $l = 10*$l + $_ } -End { $l = 10*$l + 4 }; $l + $x[0] }",
        "{ param($x) function Src { begin { $x[0] } end { $x[1] } }; $r = Src | % -Begin { $l = 5 } { $l = 2*$l + $_; $l }; $r[0]*$r[1] }",

        // pipelines that end early
        "{ param($x) $n = 0; $r = 1..5 | % { try { $n++; $_ } catch { $n += 100 } } | select -First 2; $n + $x[0] }",
        "{ param($x) $n = 0; $r = 1..5 | % { try { $n++; $_ } catch { $n += 100 } finally { $n += 10 } } | select -First 2; $n + $x[0] }",
        "{ param($x) $n = 0; $r = 1..5 | % { try { $_ } finally { $n++; 9; $n += 10 } } | % { $n += 100; $_ } | select -First 1; " +
            "$r + $n + $x[0] }",
        "{ param($x) $r = 1..5 | % { foreach ($v in 1..3) { try { $v } catch [Exception] { 9 } } } | select -First 4; $r[3] + $x[0] }",
        "{ param($x) $n = 0; $r = 1..5 | % -Begin { $n += 1000 } { $_ } | % -Begin { 7 } { $n++; $_ } -End { $n += 100 } | " +
            "% -Begin { $n += 5 } { $_ } | select -First 1; $n + $r + $x[0] }",

        // $input, of which each call has its own
        "{ param($x) (Count-Input) + (1, 2 | Count-Input) + (, (1, 2) | Count-Input) + $x[0] }",
        "{ param($x) function Outer { Count-Input }; (1, 2, 3 | Outer) + $x[0] }",
        "{ param($x) function Outer { & { @($input).Count } }; (1, 2, 3 | Outer) + $x[0] }",
        "{ param($x) function Outer { (Count-Input)*100 + (9 | Count-Input)*10 + @($input).Count }; (1, 2, 3 | Outer) + $x[0] }",
        "{ param($x) function Sum { $s = 0.0; foreach ($v in $input) { $s += $v }; $s }; $x | Sum }",
        "{ param($x) function Twice { $input | % { 2*$_ } }; $r = $x | Twice; $r[0]*$r[1] }",
        "{ param($x) function Same { return $input }; ($x | Same)[1] }",
        "{ param($x) function Own($input) { @($input).Count }; (Own 4) + $x[0] }",

        // commands that talk
        "{ param($x) Write-Verbose a; Write-Debug b; Write-Information c; Write-Progress -Activity a -Completed; $x[0] }",

        // what methods give that take blocks
        "{ param($x) $n = 0; $c = (1..5).Where({ $n++; $true }, 'Default', 2); $c.Count + 10*$n + $x[0] }",
        "{ param($x) (1..5).Where({ $true }, 'First', 0).Count + 10*(1..5).Where({ $true }, 'Last', 0)[0] + $x[0] }",
        "{ param($x) ($x.Where({ $true }) -is [array]) ? 1.0 : $x[0] }",
        "{ param($x) @($x.ForEach({ 2*$_ }).Length).Count + $x.ForEach({ $_ }).Count*10 + $x[0] }",
        "{ param($x) $c = $x.ForEach({ 2*$_ }); $c[0]*$c[-1] + ($c + 4).Count + $c[0, 1].Count + ($c*2)[3] }",
        "{ param($x) $c = $x.ForEach([double]); [double[]]$d = $c; $d[0]*$d[1] + ($c -is [array] ? 10 : 20) }",
        "{ param($x) $c = { $x[0]; $x[1] }.Invoke(); ($c -is [Collections.ObjectModel.Collection[psobject]] ? 1 : 2) + $c[0]*$c[1] }",
        "{ param($x) $c = $x.ForEach({ $_ }); $c[0] = 9.0; $c.Add($x[1]); $a, $b = $c; $c.Count + $a*$c[2] + $c.GetType().Name.Length }",
        "{ param($x) $c = $x.ForEach({ $_ }).Where({ $_ -gt -9 }).ForEach({ 3*$_ }); $s = 1.0; $c | % { $s *= $_ }; $s }",

        // what commands make of lists
        "{ param($x) (Write-Output (1, 2) 3 | measure).Count + $x[0] }",
        "{ param($x) @(Write-Output (1, 2)).Count + 10*@(Write-Output 1 2 -NoEnumerate).Count + 100*@(, (1, 2) | Write-Output).Count + " +
            "1000*@(, (1, 2) | Write-Output -NoEnumerate).Count + $x[0] }",
        "{ param($x) @(Write-Output @() 1).Count + 10*@(Write-Output @()).Count + 100*@(Write-Output $null).Count + $x[0] }",
        "{ param($x) (Write-Output $x[0] $x[1])[1] + (Write-Output $x)[0] }",
        "{ param($x) @(1..5 | select -Index 0, 0, 1).Count + ($x | select -Index 1, 1, 0)[0] }",
        "{ param($x) $n = 0; $r = 1..5 | % { $n++; $_ } | select -Index 2, 1; $n + $r[0] + $x[0] }",
        "{ param($x) $n = 0; $r = 1..5 | % { $n++; $_ } | select -First 0; $n + $x[0] }",
        "{ param($x) @(5.0 | % Length).Count + 10*('abc' | % Length) + (@{ a = 7 } | % Count) + $x[0] }",
        "{ param($x) (5.0 | % Length) + ($x[0] | % Count) + $x[0] }",
        "{ param($x) (, $x | % Length) + (, (1, 2) | % Count) + (, @($x[0], 2) | % Count) + $x[0] }",
        "{ param($x) @(@{ a = $x[0] } | % Length)[0] + (@{ a = $x[0] } | % a) + (@{ a = $x[0] } | % Count) }",
        "{ param($x) $a = , (@{ a = $x[0] }, @{ a = 2 }) | % a; ($null -eq $a ? 1 : 2) + $x[0] }",
        "{ param($x) $n = @{ ab = $x[0] }.GetEnumerator() | % Name; $n.Length + $x[0] }",
    };

    /// <summary>A block, and a part of the reason.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "{ param($x) function F { $a = @($input); $b = @($input); $b.Count }; (1, 2 | F) + $x[0] }", "reads $input a second time" },
        { "{ param($x) function F { $input.Count }; @(1, 2 | F).Count + $x[0] }", "otherwise than from start to end" },
        { "{ param($x) function F { $e = $input; @($e).Count }; (1, 2 | F) + $x[0] }", "otherwise than from start to end" },
        { "{ param($x) function F { 5 | % { @($input).Count } }; (1, 2 | F) + $x[0] }", "otherwise than from start to end" },
        { "{ param($x) function F { process { @($input).Count } }; @(1, 2 | F).Count + $x[0] }", "only in the end block" },
        { "{ param($x) function F { . { @($input).Count } }; (1, 2 | F) + $x[0] }", "by a dot that reads $input" },
        { "{ param($x) @($input).Count + $x[0] }", "only in the end block" },

        { "{ param($x) Write-Warning a -WarningVariable w 3>$null; $w.Count + $x[0] }", "Write-Warning with -WarningVariable, a common" },
        { "{ param($x) $s = @{ WarningVariable = 'w' }; Write-Warning a @s; $w.Count + $x[0] }", "with -WarningVariable, a common" },
        { "{ param($x) Write-Information a -iv i; $i.Count + $x[0] }", "with -iv, a common" },
        { "{ param($x) $null = 1, 1, 2 | Group-Object -OutV g; $g.Count + $x[0] }", "with -OutV, a common" },
        { "{ param($x) 1..3 | Out-Null -ov o; $o.Count + $x[0] }", "with -ov, a common" },
        { "{ param($x) $null = Get-Own 1 -ov o; $o.Count + $x[0] }", "with -ov, a common" },
        { "{ param($x) $w = Write-Warning a 3>&1; @($w).Count + $x[0] }", "one stream into another by 3>&1" },
        { "{ param($x) $w = & { Write-Warning a } *>&1; @($w).Count + $x[0] }", "one stream into another by *>&1" },
        { "{ param($x) $WarningPreference = 'Stop'; try { Write-Warning a } catch { 5.0 }; $x[0] }", "gives $WarningPreference a value" },

        { "{ param($x) $o = [pscustomobject]@{ a = 1 }; $o | Add-Member b $x[0]; $o.b }", "Add-Member, which is not supported" },
        { "{ param($x) Set-Variable q 5; $q + $x[0] }", "Set-Variable, which is not supported: assign" },
        { "{ param($x) $null = 1 | Tee-Object -Variable q; $q + $x[0] }", "Tee-Object, which is not supported: assign" },
        { "{ param($x) ($x | Sort-Object -Unique)[0] }", "not supported with -Unique" },
        { "{ param($x) ($x | Sort-Object -Top 1)[0] }", "not supported with -Top: use Select-Object -First" },
        { "{ param($x) (1..4 | Group-Object { $_ % 2 }).Count + $x[0] }", "hands Group-Object a script block" },
        { "{ param($x) ($x | Select-Object -Unique)[0] }", "Select-Object -Unique of traced numbers is not supported" },
        { "{ param($x) \"$($x[0])\" | % Length }", "text of a traced number" },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_pipeline_gives_the_same_when_it_is_recorded(string text) => With(text, block =>
    {
        Assert.Null(block.Refusal);
        var plain = block.Plain([2.5, 0.4]);
        Assert.IsType<double[]>(plain);
        Assert.Equal(plain, block.Traced([2.5, 0.4]));
        Assert.Null(block.Refusal);
    });

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_supported_is_refused_by_name(string text, string reason) =>
        With(text, block => Assert.Contains(reason, block.Refusal, StringComparison.Ordinal));

    void With(string text, Action<RecordedBlock> check) => module.WithBlock(text, block =>
    {
        block.Record([1.3, 0.7]);
        check(block);
    });
}
