namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// Arrays, lists and tables that methods of .NET change, keep or compare: a record gives what the block gives, or there is none.
/// </summary>
public sealed class TraceCollectionTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string New = "[Collections.Generic.List[double]]::new()";

    [Theory]
    [InlineData("$t = [double[]](3, 1, 2); $f = [double[]](30, 10, 20); [Array]::Sort($t, $f); $f[0]*$x[0] + $t[2]")]
    [InlineData("$t = [double[]](3, 1, 2); [Array]::Sort($t, 0, 2); $t[0]*$x[0]")]
    [InlineData("$l = 0.0, @(0.0, 2); if ($l -eq 2.0) { $x[0] } else { $x[1] }")]
    [InlineData("$l = 0.0, @(0.0, 2); @($l -ne 2.0).Count*$x[0]")]
    [InlineData("$l = 0.0, @(0.0, 2); try { @($l -gt 1.0).Count*$x[0] } catch { $x[1] }")]
    [InlineData("$l = 0.0, @(0.0, 2); if ($l -contains 2.0) { $x[0] } else { $x[1] }")]
    [InlineData("$l = 0.0, @(0.0, 2); if (2.0 -in $l) { $x[0] } else { $x[1] }")]
    [InlineData("$l = $x[0], @(0.0, 2); if ($l -notcontains 2.0) { $x[0] } else { $x[1] }")]
    [InlineData("$l = 0.0, @(0.0, 2); @($l | ? { $_ -contains 2.0 }).Count*$x[0]")]
    [InlineData("$t = [double[]](3, 1, 2); [Array]::Fill($t, 7.0, 0, 2); $t[0]*$x[0]")]
    [InlineData("$t = [double[]](3, 1, 2); [Array]::Fill($t, $x[0], 1, 2); $t[0]*$t[1]")]
    [InlineData("$t = [double[]](3, 1, 2); try { [Array]::Fill($t, 2); $x[0] } catch { $x[1] }")]
    [InlineData("$t = @(0)*3; try { [Array]::Fill($t, 2.0); $x[0] } catch { $x[1] }")]
    [InlineData("$t = [double[]](5, 4); [Array]::ConstrainedCopy([double[]](1, 2), 0, $t, 0, 2); $t[0]*$x[0]")]
    [InlineData("$t = [double[]](1, 2); $k = [int[]](1, 2); try { [Array]::Copy($t, $k, 2); $x[0] } catch { $x[1] }")]
    [InlineData("$t = [double[]](3, 1, 2); [Collections.ArrayList]::Adapter($t).Sort(); $t[0]*$x[0]")]
    [InlineData("$s = [Collections.Stack]::new(); $s.Push($x[0]); $t = [double[]](1, 2, 3); $s.CopyTo($t, 1); $t[1]*$x[1]")]
    [InlineData("$l = [Collections.ArrayList]@(5.0); $t = [double[]](1, 2, 3); $l.CopyTo(0, $t, 2, 1); $t[2]*$x[1]")]
    [InlineData("$h = @{ a = 3.0 }; $t = [double[]](1, 2, 3); $h.Values.CopyTo($t, 1); $t[1]*$x[1]")]
    [InlineData("$h = @{ a = $x[0] }; $t = [double[]](1, 2, 3); $h.Values.CopyTo($t, 1); $t[1]*$x[1]")]
    [InlineData("$l = " + New + "; 1, 2 | % { $l.Add($_) }; $t = [double[]](1, 2, 3); $l.CopyTo($t, 1); $t[2]*$x[1]")]
    [InlineData("$l = [Collections.Generic.List[double]](1, 2, 3); [void]$l.Remove(2); $l.Count*$x[0]")]
    [InlineData("$l = [Collections.Generic.List[double]](3, 1, 2); $l.Sort(0, 2, $null); $l[0]*$x[0]")]
    [InlineData("$t = [double[]](5, 4); $u = [Collections.ObjectModel.ReadOnlyCollection[double]]::new($t); $t[0] = 8; $u[0]*$x[0]")]
    [InlineData("$t = [double[]](5, 4); $u = [Linq.Enumerable]::Reverse($t); $t[0] = 8; @($u)[1]*$x[0]")]
    [InlineData("$t = [double[]](5, 4); ([Collections.IList]$t)[1] = 7.0; $t[1]*$x[0]")]
    [InlineData("$l = [Collections.Generic.List[double]](1, 2); $i = [Collections.IList]$l; $i[0] = 5; $l[0]*$x[0]")]
    [InlineData("$h = @{ a = [double[]](1, 2) }; $g = $h + @{ b = 1 }; $g.a[0] = 9; $h.a[0]*$x[0]")]
    [InlineData("$h = @{ a = [double[]](1, 2) }; $g = $h + @{ b = 1 }; $g.a[0] = $x[1]; $h.a[0]*$x[0]")]
    [InlineData("$r = @{ v = 2; a = [double[]](1, 2) }, @{ v = 1 }; $s = $r | Sort-Object v; $s[1].a[0] = 5; $s[1].v = 3; "
        + "$r[0].a[0]*$r[0].v*$x[0]")]
    [InlineData("$r = @{ k = 1; a = [double[]](1, 2) }, @{ k = 2 }; $g = $r | Group-Object k; $g[0].Group[0].a = 5.0; $r[0].a*$x[0]")]
    [InlineData("$r = [double[]](1, 2); $b = [Collections.ArrayList]::Adapter(@(1, 2)); [void]$b.Reverse(); $b[0]*$x[0]")]
    [InlineData("$q = [Collections.Generic.LinkedList[object]]::new(); [void]$q.AddLast($x[0]); [void]$q.AddLast(2.0); "
        + "$q.Last.Value*$q.First.Value")]
    [InlineData("$q = [Collections.Generic.PriorityQueue[object,object]]::new(); $q.Enqueue(1.0, $x[0]); $q.Enqueue(3.0, $x[1]); "
        + "$q.Dequeue()")]
    [InlineData("$l = [Collections.Generic.List[object]]$x; $l.Count + $l[0][1]")]
    [InlineData("$l = [Collections.Generic.List[object]]" + New + "; $l.Count*$x[0]")]
    [InlineData("$l = [Collections.Generic.List[object]]([Collections.ArrayList]@($x[0], 2)); $l.Count + $l[0][0]")]
    [InlineData("function F([Collections.Generic.List[object]]$l) { $l.Count + $l[0] }; (F $x) + (F ([Collections.ArrayList]@($x[1], 2)))")]
    [InlineData("function F([Collections.Generic.List[double]]$l) { $l.Count + $l[0] }; F ([Collections.ArrayList]@($x[0], 2.0))")]
    [InlineData("function F([double[]]$l) { $l.Count + $l[0] }; F ([Collections.Generic.List[double]]$x)")]
    [InlineData("try { [Collections.Generic.List[double]]([Collections.ArrayList]@($x[0], 2.0)) } catch { 3*$x[0] }")]
    [InlineData("try { [Collections.Generic.List[double]]::new(@($x[0], 2)) } catch { 3*$x[0] }")]
    [InlineData("try { [Collections.Generic.List[object]]::new($x) } catch { 3*$x[0] }")]
    [InlineData("$l = " + New + "; try { $l.AddRange(@($x[0], 2)) } catch { $l.AddRange($x) }; $l.Count + $l[0]")]
    [InlineData("$l = " + New + "; try { $l.InsertRange(0, [int[]](1, 2)) } catch { $l.InsertRange(0, $x) }; $l.Count + $l[0]")]
    [InlineData("$l = [Collections.Generic.List[object]]::new(); try { $l.AddRange($x) } catch { $l.AddRange(@($x[0], 2)) }; "
        + "$l.Count + $l[0]")]
    [InlineData("$l = [Collections.ArrayList]::new(); try { $l.AddRange($x[0]) } catch { $l.AddRange($x) }; $l.Count + $l[0]")]
    [InlineData("$s = [Collections.Generic.HashSet[int]]::new([int[]](1, 2)); $s.UnionWith([int[]](2, 3)); $s.Count*$x[0]")]
    [InlineData("$l = [Collections.Generic.List[double]]$null; ($null -eq $l) ? $x[0] : 1.0")]
    [InlineData("$d = [Collections.Generic.Dictionary[string,double]]::new(); $d['a'] = 2; $d.a += 1; $d.b = '2.5'; $d.a*$d.b*$x[0]")]
    [InlineData("$d = [Collections.Generic.Dictionary[int,object]]::new(); $d['1'] = $x[0]; $d[2] = $x[1]; $d[1]*$d[2]")]
    [InlineData("$d = [Collections.Generic.SortedList[int,object]]::new(); $d[2] = 2; $d[1] = $x[0]; @($d.Values)[0]")]
    public void A_record_gives_what_the_block_gives(string body) => With(body, block =>
    {
        double[] at = [1.3, 0.7], then = [0.4, 2.5];
        block.Record(at);
        Assert.Null(block.Refusal);
        Assert.Equal(block.Plain(at), block.Traced(at));
        Assert.Equal(block.Plain(then), block.Traced(then));
        Assert.Null(block.Refusal);
        Assert.IsType<double[]>(block.Plain(then));
    });

    [Theory]
    [InlineData("$t = @(0)*3; [Array]::Fill($t, $x[0]); $t[0]", "fills an array of objects by [Array]::Fill")]
    [InlineData("[Collections.ArrayList]::new($x[0]).Count", "room for a traced number of elements")]
    [InlineData("$k = [int[]](1, 2); [Array]::Copy($x, $k, 2); $k[0]", "copies a traced number into an array of [Int32]")]
    [InlineData("$l = [Collections.Generic.List[object]]::new(); $l.Add($x[0]); $t = [double[]](1, 2); $l.CopyTo($t); "
        + "$t[0]", "fills a copy")]
    [InlineData("$l = [Collections.Generic.List[double]](1, 2); $r = $l.AsReadOnly(); $l.Add(4); "
        + "$r.Count*$x[0]", "a list that AsReadOnly has")]
    [InlineData("$t = [double[]](1, 2); $r = [Linq.Enumerable]::Reverse($t); $t[0] = $x[0]; "
        + "@($r)[1]", "[Enumerable]::Reverse has handed on")]
    [InlineData("$h = @{ a = [double[]](1, 2) }; $s = [hashtable]::Synchronized($h); $s.b = 5; $h.b*$x[0]", "[Hashtable]::Synchronized")]
    [InlineData("$t = 2, 1; $o = @([double[]](1, 2), [double[]](3, 4)); [Array]::Sort($t, $o); $o[0][0]*$x[0]", "to [Array]::Sort")]
    [InlineData("$l = 0.5, @($x[0], 2); try { ($l | Measure-Object -Sum).Sum } catch { $x[1] }", "given a list, which is no number")]
    [InlineData("$l = 0.5, @(1, 2); try { ($l | Measure-Object -Sum).Sum } catch { $x[1] }", "Measure-Object writes an error")]
    [InlineData("$a = [object[]]::new(2); $a[0] = & {}; $n = 0; $a | % { $n++ }; $n*$x[0]", "something without output gives")]
    [InlineData("$h = @{}; $h.a = & {}; $n = 0; $h.a | % { $n++ }; $n*$x[0]", "something without output gives")]
    [InlineData("$q = [Collections.Generic.LinkedList[object]]::new(); [void]$q.AddLast(0.5); "
        + "$q.Find($x[0]) ? 1.0 : 2.0", "Find compares in")]
    [InlineData("try { [Collections.Comparer]::Default.Compare($x[0], 1.0) } catch { 5.0 }", "Compare compares in its own way")]
    [InlineData("$q = [Collections.Generic.PriorityQueue[object,object]]::new(); try { $q.Enqueue(1.0, $x[0]); $q.Enqueue(3.0, 0.6); "
        + "$q.Dequeue() } catch { 1.0 }", "PriorityQueue compares traced numbers")]
    [InlineData("$q = [Collections.Generic.SortedSet[object]]::new(); [void]$q.Add(1.0); try { [void]$q.Add($x[0]); 1.0 } catch { 2.0 }",
        "SortedSet compares traced numbers")]
    public void What_would_not_reach_it_is_refused(string body, string reason) => With(body, block =>
    {
        block.Record([1.3, 0.7]);
        Assert.Contains(reason, block.Refusal, StringComparison.Ordinal);
    });

    void With(string body, Action<RecordedBlock> work) => module.WithBlock($"{{ param($x) {body} }}", work);
}
