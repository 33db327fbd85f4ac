namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// Whatever holds traced numbers, and whatever is done with it: a record gives what the block gives, at other points too, or there is none.
/// </summary>
/// <param name="module">An engine with the module.</param>
/// <param name="output">Where the refusals are written.</param>
public sealed class TraceContainerTests(ModuleEngine module, ITestOutputHelper output) : IClassFixture<ModuleEngine>
{
    static readonly double[][] Points = [[1.3, 0.7], [0.5, 0.5], [-2, 3], [0, 0], [0.7, -0.0], [1.3, 0.7]];

    /// <summary>Makes $c of the numbers a = $x[0], 2 and b = $x[1], in this order.</summary>
    public static TheoryData<string> Containers =>
    [
        "$c = @($x[0], 2, $x[1])",
        "$c = $x[0], 2.0, $x[1]",
        "$c = [double[]]($x[0], 2, $x[1])",
        "$c = [object[]]($x[0], 2, $x[1])",
        "$c = [double[]]::new(3); $c[0] = $x[0]; $c[1] = 2; $c[2] = $x[1]",
        "$c = [object[]]::new(3); $c[0] = $x[0]; $c[1] = 2; $c[2] = $x[1]",
        "$c = New-Object object[] 3; $c[0] = $x[0]; $c[1] = 2; $c[2] = $x[1]",
        "$c = [Collections.Generic.List[double]]::new(); $c.Add($x[0]); $c.Add(2); $c.Add($x[1])",
        "$c = [Collections.Generic.List[double]]@($x[0], 2, $x[1])",
        "$c = [Collections.Generic.List[object]]::new(); $c.Add($x[0]); $c.Add(2); $c.Add($x[1])",
        "$c = [Collections.Generic.List[object]]@($x[0], 2, $x[1])",
        "$c = [Collections.ArrayList]@($x[0], 2, $x[1])",
        "$c = [Collections.ArrayList]::new(); $null = $c.Add($x[0]); $null = $c.Add(2); $null = $c.Add($x[1])",
        "$c = [Collections.Generic.Queue[object]]::new(); $c.Enqueue($x[0]); $c.Enqueue(2); $c.Enqueue($x[1])",
        "$c = [Collections.Generic.Stack[object]]::new(); $c.Push($x[1]); $c.Push(2); $c.Push($x[0])",
        "$c = ([ordered]@{ a = $x[0]; k = 2; b = $x[1] }).Values",
        "$c = [ordered]@{ a = $x[0]; k = 2; b = $x[1] }",
        "$c = @{ a = $x[0] }",
        "$c = [pscustomobject]@{ a = $x[0]; k = 2; b = $x[1] }",
        "$c = $x[0], 2, $x[1] | ForEach-Object { $_ }",
        "$c = foreach ($e in $x[0], 2, $x[1]) { $e }",
        "$c = & { $x[0]; 2; $x[1] }",
        "$c = { $x[0]; 2; $x[1] }.Invoke()",
        "$c = (0..2).ForEach({ ($x[0], 2, $x[1])[$_] })",
        "$c = ($x[0], 2, $x[1]).Where({ $true })",
        "$c = @(@($x[0], 2), @($x[1]))",
        "$c = @(, @($x[0], 2, $x[1]))",
        "$c = [double[][]](($x[0], 2), (, $x[1]))",
        "$c = [double[,]]::new(1, 3); $c[0, 0] = $x[0]; $c[0, 1] = 2; $c[0, 2] = $x[1]",
        "$c = $x",
        "$c = $x + 2",
        "$c = $x.Clone()",
        "$c = , $x[0]",
        "$c = $x[0]",
        "$c = @{ v = $x[0] }, @{ v = $x[1] }",
        "$c = [pscustomobject]@{ v = $x[0] }, [pscustomobject]@{ v = $x[1] }",
        "$c = [PhysOpt.Field]$x",
        "$c = $null, $x[0], $null",
        "$c = $x[0], $null, $x[1]",
        "$c = @()",
    ];

    /// <summary>What gives a number of $c.</summary>
    static readonly string[] Uses =
    [
        "$c.Count", "$c.Length", "@($c).Count", "$c[0]", "$c[-1]", "$c[1]", "$c[0, 2]", "$c[0..1]", "$c[5]", "$c['a']", "$c.a", "$c.v",
        "$c.Values", "$c.Rank", "$s = 0; foreach ($e in $c) { $s = 2 * $s + $e }; $s", "$c | ForEach-Object { 2 * $_ }",
        "@($c | Where-Object { $_ -gt 0.6 }).Count", "($c | Measure-Object -Sum).Sum", "($c | Measure-Object -Maximum -Minimum).Maximum",
        "($c | Measure-Object).Count", "@($c | Sort-Object)[0]", "@($c | Select-Object -First 2)[-1]", "@($c | Select-Object -Last 1)",
        "($c | Measure-Object v -Sum).Sum", "@($c | Sort-Object v)[0].v", "$c + 1", "$c + $x[1]", "1 + $c", "$c * 2", "$c - 1", "-$c",
        "2 * $x[0] + $c[0]", "$d = $c; $d[0] = 5; $c[0]", "$c[0] = $x[1]; $c[0] + 1", "$c[0] += 1; $c[0]", "$c += 3; @($c).Count",
        "$c += 3; $c[-1]", "$d = $c.Clone(); $d[0] = 7; $c[0]", "$d = @($c); $d[0] = 7; $c[0]", "[double[]]$c", "([double[]]$c)[0]",
        "$d = [double[]]$c; $d[0] = 7; $c[0]", "([object[]]$c).Count", "[double]$c", "[int]$c", "[bool]$c + 1",
        "if ($c) { 1 } else { 2 }", "if (!$c) { 1 } else { $x[0] }", "if ($c -and $x[0]) { 1 } else { 2 }", "$c ? 3 : 4",
        "if ($c -eq $null) { 1 } else { 2 }", "if ($null -eq $c) { 1 } else { 2 }", "@($c -gt 0.6).Count", "@($c -eq 2).Count",
        "@($c -ne $x[0]).Count", "[int]($c -contains 2)", "[int](2 -in $c)", "[int]($c -contains $x[0])", "[int]($c.Contains(2))",
        "function F($v) { $v[0] }; F $c", "function F($v) { $v.Count }; F $c", "function F([double[]]$v) { $v[0] }; F $c",
        "function F([double[]]$v) { $v[0] = 9; $v[0] }; (F $c) + $c[0]", "function F([object[]]$v) { $v.Count }; F $c",
        "function F([array]$v) { $v[0] }; F $c", "function F([double]$v) { $v }; F $c", "function F($v) { $v[0] = 9 }; F $c; $c[0]",
        "function F { $args.Count }; F $c", "function F { $args[0][0] }; F $c", "function F($a, $b) { $a - $b }; F @c",
        "function F { $c }; (F).Count", "function F { , $c }; (F).Count", "function F { return $c }; (F)[0]",
        "function F { process { $_ } }; ($c | F).Count", "function F { @($input).Count }; $c | F", "& { param($v) $v[0] } $c",
        "{ param($v) $v[0] }.Invoke($c)", "$h = @{ k = $c }; $h.k[0]", "$h = @{ k = $c }; $h.k.Count",
        "$o = [pscustomobject]@{ k = $c }; $o.k[0]", "$l = @($c, 1); $l[0][0]", "$l = @($c, 1); $l.Count", "$l = , $c; $l.Count",
        "$a, $b = $c; $a", "$a, $b = $c; @($b).Count", "$a, $b, $d = $c; $b", "[double[]]$t = $c; $t[0]", "[double]$t = $c; $t",
        "[object[]]$t = $c; $t.Count", "[array]$t = $c; $t.Count", "$c -is [array]; 1", "[int]($c -is [array])", "[int]($c -is [double])",
        "[int]($c -is [Collections.IList])", "[int]($c -is [Collections.IEnumerable])", "[Math]::Abs($c[0])", "[Math]::Max($c[0], $c[1])",
        "switch ($c) { { $_ -gt 0.6 } { 1 } default { 2 } }", "switch ($c) { 2 { 5 } }", "$c.ForEach({ $_ + 1 })",
        "$c.Where({ $_ -gt 0.6 }).Count", "$c.GetType().IsArray -as [int]", "[int]$c.GetType().IsArray",
        "[int]($c.GetType() -eq [double[]])", "$d = $c; if ($d -eq $c) { 1 } else { 2 }", "$c.ToArray()[0]", "$c.IndexOf(2)",
        "$c.GetEnumerator() | ForEach-Object { 1 }", "[Array]::Reverse($c); $c[0]", "[Array]::Sort($c); $c[0]", "[Array]::Sort($c); $c[1]",
        "[Array]::Sort($c); $c[-1]", "$c.Reverse(); $c[0]",
        "$c.Insert(0, 4); $c[0]", "$c.RemoveAt(0); $c[0]", "$c.Remove('a'); $c.Count", "$c.Peek()", "$c.Pop() + $c.Count", "$c.Dequeue()",
        "$c.Clear(); $c.Count", "$c.psobject.Properties.Name.Count", "$c | ForEach-Object a", "$c.Keys.Count", "$c.k", "[string]$c; 1",
        "\"$c\".Length", "$c -join ','; 1", "($c -join ',').Length", "Write-Verbose \"$c\"; 1", "$null = $c; 1", "[void]$c; 1",
        "$c | Out-Null; 1", "$d = $c ?? 3; @($d).Count", "${c}?[0]",
    ];

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_record_gives_what_its_block_gives_or_there_is_none(string container)
    {
        List<string> wrong = [];
        foreach (var use in Uses)
        {
            var text = $"{container}; {use}";
            module.WithBlock($"{{ param($x) {text} }}", block =>
            {
                if (block.Difference(Points, refusal => output.WriteLine($"{use}: {refusal}")) is { } difference)
                    wrong.Add($"{text}: {difference}");
            });
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
