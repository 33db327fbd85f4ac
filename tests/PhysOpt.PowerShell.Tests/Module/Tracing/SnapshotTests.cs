using System.Collections;
using CsCheck;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>What a variable held is remembered whole: nothing in it changes unseen, and the same contents anew are no change.</summary>
public sealed class SnapshotTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    /// <summary>A value, and something that happens to it.</summary>
    public static TheoryData<string, string> Kinds { get; } = new()
    {
        { "1.0", "$k = 1" },
        { "0.0", "$k = -0.0" },
        { "'a'", "$k = 'A'" },
        { "$null", "$k = 0" },
        { "[DayOfWeek]::Friday", "$k = [DayOfWeek]::Sunday" },
        { "[datetime]'2020-01-01'", "$k = $k.AddTicks(1)" },
        { "[double]", "$k = [float]" },
        { "[double[]](1, 2)", "$k[1] = 3" },
        { "[double[]](0, 1)", "$k[0] = -0.0" },
        { "[double[]](1, [double]::NaN)", "$k[0] = 2" },
        { "[int[]](1, 2)", "$k[1] = 3" },
        { "[bool[]](1, 0)", "$k[1] = $true" },
        { "[byte[]](1, 2)", "$k = [sbyte[]]$k" },
        { "[decimal[]](1, 2)", "$k[1] = 3" },
        { "[string[]]('a', 'b')", "$k[1] = 'c'" },
        { "$a = [double[,]]::new(2, 3); $a[1, 2] = 5; , $a", "$k[1, 1] = 3" },
        { ", [double[,]]::new(2, 3)", "$k = [double[,]]::new(3, 2)" },
        { "$a = [object[,]]::new(2, 2); $a[1, 1] = @(1.0); , $a", "$k[1, 1][0] = 3" },
        { ", [double[][]]((1, 2), (3, 4))", "$k[1][0] = 5" },
        { ", @(1.0, @(2.0, @(3.0)))", "$k[1][1][0] = 4.0" },
        { ", [Collections.Generic.List[double]](1, 2)", "$k.Add(3)" },
        { ", [Collections.ArrayList](1, 2)", "$k.RemoveAt(1)" },
        { "@{ a = @{ b = 1.0 } }", "$k.a.b = 2.0" },
        { "@{ a = 1.0 }", "$k.b = 2.0" },
        { "[ordered]@{ a = 1.0; b = 2.0 }", "$k = [ordered]@{ b = 2.0; a = 1.0 }" },
        { "$d = [Collections.Generic.Dictionary[string, object]]::new(); $d.a = @(1.0); $d", "$k.a[0] = 2.0" },
        { "$d = [Collections.Generic.SortedDictionary[string, double]]::new(); $d.a = 1.0; $d", "$k.a = 2.0" },
        { ", [Collections.Generic.HashSet[double]][double[]](1, 2)", "[void]$k.Remove(1)" },
        { ", [Collections.Generic.Queue[double]][double[]](1, 2)", "[void]$k.Dequeue()" },
        { ", [Collections.Stack](1, 2)", "[void]$k.Pop()" },
        { ", [Collections.Generic.LinkedList[double]][double[]](1, 2)", "[void]$k.AddLast(3)" },
        { ", [Collections.ObjectModel.Collection[double]]@(1.0)", "$k[0] = 2" },
        { "$l = [Collections.Generic.List[ValueTuple[double, object]]]::new(); $l.Add([ValueTuple[double, object]]::new(1, @(1))); , $l",
            "$k[0].Item2[0] = 2" },
        { "[pscustomobject]@{ a = 1.0; b = @{ c = 1.0 } }", "$k.b.c = 2.0" },
        { "[pscustomobject]@{ a = 1.0 }", "$k | Add-Member b 2.0" },
        { "5.0 | Add-Member unit @('m') -PassThru", "$k.unit[0] = 's'" },
        { ", (Add-Member -InputObject ([Collections.ArrayList](1, 2)) unit 'm' -PassThru)", "$k.unit = 's'" },
        { "[Tuple]::Create(1.0, [double[]](1, 2))", "$k.Item2[0] = 3" },
        { "[ValueTuple]::Create(1.0, [double[]](1, 2))", "$k.Item2[0] = 3" },
        { "[Collections.Generic.KeyValuePair[string, object]]::new('a', @{ b = 1 })", "$k.Value.b = 2" },
        { "[numerics.complex]::new(1, 0.0)", "$k = [numerics.complex]::new(1, -0.0)" },
        { "[Text.StringBuilder]'a'", "[void]$k.Append('b')" },
        { "[xml]'<a b=\"1\"/>'", "$k.a.b = '2'" },
        { "[ref]@(1.0)", "$k.Value[0] = 2.0" },
        { "$v = 1.0; Get-Variable v", "$k.Value = 2.0" },
        { "{ param($x) $x }", "$k = { param($x) -$x }" },
        { "class Ball { [double] $Mass = 1; hidden [object] $Seen = @(1) }; [Ball]::new()", "$k.Mass = 2" },
        { "class Ball { [double] $Mass = 1; hidden [object] $Seen = @(1) }; [Ball]::new()", "$k.Seen[0] = 2" },
        { "class Thing { [object] $A = @(1) }; class Ball : Thing { [double] $Mass = 1 }; [Ball]::new()", "$k.A[0] = 2" },
        { "[PhysOpt.Vector](1, 2)", "$k = [PhysOpt.Vector](1, 3)" },
        { "$l = [Collections.ArrayList]@(1.0); [void]$l.Add($l); , $l", "$k[1][1][0] = 2.0" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_value_is_known_and_its_changes_are_seen(string make, string change)
    {
        var value = Value(make);
        var snapshot = Snapshots.Of(value);
        Assert.Null(snapshot.Unknown);
        Assert.True(snapshot.Holds(value));
        Assert.True(Snapshots.Of(value).Holds(value));
        Assert.False(snapshot.Holds(Value(change + "; , $k")));
        Assert.Null(snapshot.Unknown);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_contents_in_other_objects_are_no_change(string make, string change)
    {
        if (make.StartsWith("class", StringComparison.Ordinal)) return; // makes a new type each time
        var snapshot = Snapshots.Of(Value(make));
        Assert.True(snapshot.Holds(Value(make)));
        Assert.False(snapshot.Holds(Value(change + "; , $k"))); // of the second: it is the one that is known now
    }

    [Theory]
    [InlineData("[Random]::new(1)", "[Random]")]
    [InlineData("[Diagnostics.Stopwatch]::StartNew()", "[Stopwatch]")]
    [InlineData("@{ a = @([IO.MemoryStream]::new()) }", "[MemoryStream]")]
    [InlineData("[pscustomobject]@{ a = 1 } | Add-Member ScriptProperty b { Get-Random } -PassThru", "computed")]
    [InlineData(", (Add-Member -InputObject ([Collections.ArrayList](1, 2)) ScriptMethod b { Get-Random } -PassThru)", "computed")]
    [InlineData(", [Linq.Enumerable]::Range(0, 3).GetEnumerator()", "Range")]
    [InlineData("[Func[double]] { 1 }", "[Func`1]")]
    [InlineData("class Dice : Random { }; [Dice]::new()", "[Dice]")]
    [InlineData("class Many : Collections.Generic.List[object] { }; , [Many]::new()", "[Many]")]
    public void What_may_act_differently_is_named(string make, string name) =>
        Assert.Contains(name, Snapshots.Of(Value(make)).Unknown, StringComparison.Ordinal);

    [Theory]
    [InlineData("1..40 | ForEach-Object { @{ m = [double]$_; all = $null } }")]
    [InlineData("1..40 | ForEach-Object { [pscustomobject]@{ m = [double]$_; all = $null } }")]
    public void Objects_that_know_each_other_are_looked_at_once(string make)
    {
        // 40! ways lead through them: who does not know where it has been does not come back
        var net = $"$net = {make}; foreach ($one in $net) {{ $one.all = @($net) }}; , $net";
        var first = Value(net);
        var snapshot = Snapshots.Of(first);
        Assert.True(snapshot.Holds(first));
        Assert.True(snapshot.Holds(Value(net)));
        Assert.False(snapshot.Holds(Value("$net[17].all[3].all[38].m = 0.5; , $net")));
    }

    [Theory]
    [InlineData("$l = 1.0; foreach ($i in 1..10000) { $l = , $l }; , $l")]
    [InlineData("$l = 1.0; foreach ($i in 1..10000) { $l = @{ next = $l } }; , $l")]
    [InlineData("$l = 1.0; foreach ($i in 1..10000) { $l = [pscustomobject]@{ next = $l } }; , $l")]
    public void Depth_is_no_obstacle(string make)
    {
        var snapshot = Snapshots.Of(Value(make));
        Assert.Null(snapshot.Unknown);
        Assert.True(snapshot.Holds(Value(make)));
        Assert.False(snapshot.Holds(Value(make.Replace("1.0;", "2.0;", StringComparison.Ordinal))));
    }

    [Fact]
    public void It_tells_what_can_be_reached_from_the_variable()
    {
        double[] inner = [1, 2];
        object[] table = [new Hashtable { ["a"] = inner }];
        var snapshot = Snapshots.Of(table);
        Assert.True(snapshot.Contains(table) && snapshot.Contains(table[0]) && snapshot.Contains(inner));
        Assert.True(snapshot.Contains(System.Management.Automation.PSObject.AsPSObject(inner)));
        Assert.False(snapshot.Contains(new double[] { 1, 2 }));
    }

    [Fact]
    public void A_change_anywhere_in_any_web_of_objects_is_seen_and_a_copy_of_the_web_is_none() => Web.Sample(web =>
    {
        var (objects, copy) = (Build(web.Kinds, web.Edges), Build(web.Kinds, web.Edges));
        var snapshot = Snapshots.Of(objects[0]);
        Assert.True(snapshot.Holds(objects[0]));
        Assert.True(snapshot.Holds(copy[0]));
        var changed = copy[web.Changed % copy.Length];
        var isPart = snapshot.Contains(changed);
        Change(changed);
        Assert.Equal(!isPart, snapshot.Holds(copy[0]));
        Assert.True(Snapshots.Of(objects[0]).Holds(objects[0]));
    });

    static readonly Gen<(int[] Kinds, (int From, int To)[] Edges, int Changed)> Web = Gen.Select(
        Gen.Int[0, 2].Array[1, 12], Gen.Select(Gen.Int[0, 11], Gen.Int[0, 11]).Array[0, 40], Gen.Int[0, 11]);

    static object[] Build(int[] kinds, (int From, int To)[] edges)
    {
        object[] objects = [.. kinds.Select((kind, i) => kind switch
        {
            0 => new ArrayList { (double)i },
            1 => new Hashtable { ["a"] = (double)i },
            _ => (object)new List<object> { i },
        })];
        foreach (var (from, to) in edges)
        {
            var target = objects[to % objects.Length];
            if (objects[from % objects.Length] is IList list) list.Add(target);
            else ((Hashtable)objects[from % objects.Length])[to] = target;
        }

        return objects;
    }

    static void Change(object target)
    {
        if (target is IList list) list[0] = -1.0;
        else ((Hashtable)target)["a"] = -1.0;
    }

    /// <summary>What a script makes, which is then $k.</summary>
    object? Value(string script) =>
        ((object?[])module.Output($"$k = . {{ {script} }}; $box = [object[]]::new(1); $box[0] = $k; , $box")[0].BaseObject)[0];
}
