namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <content>Functions, blocks, closures and pipelines.</content>
internal sealed partial class RandomProgram
{
    void Function()
    {
        var name = $"F{names++}";
        var kind = random.Next(3);
        Line($"function {name}({Any("$u", "[double]$u", "[double]$u = 1.5")}, $v = 0.5) {{");
        var (outerNumbers, outerLists, outerWholes) = (numbers.ToArray(), lists.ToArray(), wholes.ToArray());
        numbers.Clear();
        lists.Clear();
        wholes.Clear();
        numbers.AddRange(["$u", "$v"]);
        lists.Add("$weights");
        Inside(() =>
        {
            if (kind == 0) Line($"if ({Truth(1)}) {{ return {Number(1)} }}");
            Line(Number(2));
        });
        foreach (var (own, outer) in new[] { (numbers, outerNumbers), (lists, outerLists), (wholes, outerWholes) })
        {
            own.Clear();
            own.AddRange(outer);
        }

        Line("}");
        Assign($"({name} {Atom()}{Any("", $" {Atom()}", $" -v {Atom()}")})");
    }

    /// <summary>A block that keeps what its variables are now.</summary>
    void Closure()
    {
        var (kept, block) = (OwnNumber(), Fresh("q"));
        Line($"{block} = {{ param($t) {kept} * $t }}{Any("", ".GetNewClosure()")}");
        Line($"{kept} = {Number(1)}");
        Assign(Any($"(& {block} {Atom()})", $"{block}.InvokeReturnAsIs({Atom()})", $"({block}.Invoke({Atom()}))[0]"));
    }

    /// <summary>A function that writes into the list that it is given.</summary>
    void InPlace()
    {
        var (function, list) = ($"P{names++}", OwnList());
        Line($"function {function}($list, $v) {{ for ($j = 1; $j -lt $list.Count; $j++) {{ $list[$j] {Any("+=", "*=", "=")} $v + $list[$j - 1] }} }}");
        Line($"{function} {list} {Atom()}");
        numbers.Add($"{list}[1]");
    }


    /// <summary>Arguments from a list or table.</summary>
    void Splat()
    {
        var given = Fresh("s");
        switch (random.Next(4))
        {
            case 0: Line($"{given} = @{{ gain = {Number(1)}; by = {Number(0)} }}"); Assign($"(Scale @{given[1..]})"); break;
            case 1: Line($"{given} = @({Number(1)}, {Number(0)})"); Assign($"(Scale @{given[1..]})"); break;
            case 2: Line($"{given} = @{{ Up = {Truth(1)} }}"); Assign($"(Pick {Atom()} @{given[1..]})"); break;
            default: Line($"{given} = @{{ w = {Number(1)} }}"); NewList($"@(Both {List(0)} @{given[1..]})"); break;
        }
    }

    /// <summary>Pipelines of several commands and functions.</summary>
    void Pipeline()
    {
        var source = Any(List(1), "1..4", List(0), "$names | ForEach-Object { $_.Length }");
        var middle = Any("", $" | Where-Object {{ $_ -{Relation()} {Number(0)} }}", " | Twice", $" | ForEach-Object {{ $_; {Number(0)} }}",
            $" | Select-Object -{Any("First 2", "Skip 1", "Last 2", "SkipLast 1", "Index 0, 1")}", " | Sort-Object",
            $" | & {{ process {{ $_ - {Number(0)} }} }}", $" | . {{ process {{ $last = $_; $_ }} }}");
        Assign("(" + source + middle + Any(" | Total)", $" | Piped{Any("", $" -w {Atom()}")})", " | Measure-Object -Sum).Sum",
            " | Measure-Object -Average).Count", " | Select-Object -First 1)",
            $" | ForEach-Object -Begin {{ $m = {Number(0)} }} {{ $m = $m / 2 + $_ }} {{ $m }})", ").Count",
            $" | & {{ $z = 0; foreach ($i in $input) {{ $z -= $i }}; $z }})"));
    }

    /// <summary>A function that makes a block, or calls the one that it is given.</summary>
    void Maker()
    {
        var (name, block) = ($"M{names++}", Fresh("q"));
        if (random.Next(2) == 0)
        {
            Line($"function {name}($a) {{ {{ param($t) $a * $t + {Constant()} }}.GetNewClosure() }}");
            Line($"{block} = {name} {Atom()}");
        }
        else
        {
            Line($"function {name}($f, $t) {{ {Any("(& $f $t) + (& $f 1.5)", "$f.Invoke($t)[0]", "$gain = 3.0; & $f $t", ". $f $t")} }}");
            Assign($"({name} {{ param($u) $u * {Number(0)} + $gain }} {Atom()})");
            Line($"{block} = {{ {Any("param($u) $u", "$args[0]")} - {Number(0)} }}");
        }

        Assign(Any($"(& {block} {Atom()})", $"{block}.InvokeReturnAsIs({Atom()})",
            $"({List(0)} | ForEach-Object {{ & {block} $_ }} | Total)"));
    }
}
