namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <content>Lists, tables, arrays and custom objects.</content>
internal sealed partial class RandomProgram
{
    void Collection()
    {
        var list = Fresh("c");
        Line($"{list} = [Collections.Generic.List[{Any("object", "double")}]]::new()");
        Line($"{list}.Add({Number(2)}); {list}.Add({Number(1)})");
        if (random.Next(2) == 0) Line($"{list}.{Any($"Insert(0, {Number(1)})", "Reverse()", "RemoveAt(0)")}");
        lists.Add(list);
        numbers.Add($"{list}[0]");
    }

    void Table()
    {
        var table = Fresh("h");
        Line($"{table} = {Any("", "[ordered]", "[pscustomobject]")}@{{ a = {Number(2)}; b = {Constant()} }}");
        if (random.Next(2) == 0) Line($"{table}.a {Any("=", "+=")} {Number(1)}");
        numbers.Add($"{table}.a");
        numbers.Add($"{table}.b");
    }

    void Typed()
    {
        var name = Fresh("t");
        var type = Any("double", "int", "bool", "double[]");
        Line($"[{type}]{name} = {Number(2)}");
        if (type == "double[]") lists.Add(name);
        else if (type == "bool") Assign($"({name} ? {Number(1)} : {Number(1)})");
        else (type == "int" ? wholes : numbers).Add(name);
    }

    /// <summary>One object by two names.</summary>
    void Alias()
    {
        var (list, other) = (Fresh("m"), Fresh("r"));
        Line($"{list} = @({Number(1)}, {Number(1)}), @({Number(1)}, 0); {other} = {list}[1]; {other}[0] = {Number(1)}");
        numbers.Add($"{list}[1][0]");
        lists.Add(other);
    }

    /// <summary>An array of doubles, with one or two dimensions.</summary>
    void Array()
    {
        var name = Fresh("a");
        if (random.Next(2) == 0)
        {
            Line($"{name} = {Any("[double[]]::new(3)", "New-Object double[] 3", "[double[]]@(0) * 3", "$x.Clone()")}");
            Line($"{name}[{random.Next(3)}] {Any("=", "+=", "-=")} {Number(2)}; {name}[{Any("0", "-1", "1")}] = {Number(1)}");
            lists.Add(name);
            numbers.Add($"{name}[1]");
            return;
        }

        Line($"{name} = [double[,]]::new(2, 2); {name}[0, 1] = {Number(1)}; {name}[1, {Any("0", "1")}] = {Number(1)}");
        numbers.Add($"{name}[0, 1]");
        numbers.Add($"{name}[1, 0]");
    }

    /// <summary>A table that is gone through by its keys, its entries or its values.</summary>
    void Entries()
    {
        var (table, sum, each) = (Fresh("h"), OwnNumber(), Fresh("e"));
        Line($"{table} = {Any("", "[ordered]")}@{{ {Any("a", "'a b'", "beta")} = {Number(1)}; zeta = {Number(1)}; Gamma = {Constant()}; "
            + $"k3 = {Number(0)} }}");
        if (random.Next(2) == 0) Line($"{table}['new'] = {Number(1)}; {table}.{Any("Remove('zeta')", "zeta += 1", "Gamma = 2.0")}");
        Line(Any($"foreach ({each} in {table}.Keys) {{ {sum} = 2 * {sum} + {table}[{each}] }}",
            $"foreach ({each} in {table}.Keys) {{ if ({table}.{each} -gt {Number(0)}) {{ {sum} += {table}.{each} }} }}",
            $"foreach ({each} in {table}.Values) {{ {sum} = {sum} / 2 + {each} }}",
            $"foreach ({each} in {table}.GetEnumerator()) {{ {sum} = {each}.Value - {sum} }}",
            $"{sum} = ({table}.GetEnumerator() | Sort-Object {Any("Value", "Key", "Name")} | Select-Object -{Any("First", "Last")} 1)"
                + ".Value",
            $"{sum} = ({table}.Values | Measure-Object -{Any("Sum", "Maximum")}).{Any("Sum", "Maximum", "Count")}",
            $"{sum} = @({table}.GetEnumerator() | Where-Object Value -gt {Constant()}).Count"));
        numbers.Add($"{table}.Gamma");
    }

    /// <summary>A list of custom objects or tables.</summary>
    void Records()
    {
        var (list, k) = (Fresh("o"), Constant());
        Line($"{list} = @({Any("1..3", "0, -1", "$x")} | ForEach-Object {{ {Any("[pscustomobject]", "", "[ordered]")}@{{ "
            + $"v = $_ * {Number(1)}; k = {k} - $_ }} }})");
        Assign(Any($"({list} | Sort-Object {Any("v", "k", "{ $_.v }", "{ -$_.k }")}{Any("", " -Descending")})[0].{Any("v", "k")}",
            $"({list}.v | Measure-Object -Sum).Sum",
            $"({list} | Measure-Object v -{Any("Minimum", "Average")}).{Any("Minimum", "Average")}",
            $"@({list} | Where-Object v -{Relation()} {Constant()}).Count", $"({list} | Select-Object -ExpandProperty v)[{Any("0", "-1")}]",
            $"({list} | ForEach-Object v | Measure-Object -Maximum).Maximum",
            $"({list} | Where-Object {{ $_.k -{Relation()} {Number(0)} }} | ForEach-Object {{ $_.v }} | Total)"));
        Line($"{list}[0].v {Any("=", "+=", "*=")} {Number(1)}");
        numbers.Add($"{list}[0].v");
        numbers.Add($"{list}[-1].k");
    }

    /// <summary>Arrays of arrays of numbers, and lists of numbers.</summary>
    void Jagged()
    {
        var name = Fresh("g");
        Line($"{name} = " + random.Next(5) switch
        {
            0 => $"[double[][]]((1.0, 2.0), ({Number(1)}, {Number(0)})); {name}[0][1] {Any("=", "+=")} {Number(1)}",
            1 => $"[double[][]]::new(2); {name}[0] = [double[]]::new(2); {name}[1] = {Any("$x", List(0))}; {name}[0][1] = {Number(1)}",
            2 => $"[object[]]::new(2); {name}[0] = @({Number(1)}, 2); {name}[1] = {name}[0]; {name}[1][0] {Any("=", "-=")} {Number(1)}",
            3 => $"$grid.Clone(); {name}[1, 1] = {Number(1)}; {name} = , @({name}[1, 0], {name}[1, 1])",
            _ => $"[Collections.Generic.List[object]]::new(); {name}.Add({List(0)}); {name}.Add(@({Number(1)}))",
        });
        lists.Add($"{name}[0]");
        numbers.Add($"{name}[0][0]");
    }

    /// <summary>A table whose keys are whole numbers that depend on numbers.</summary>
    void Lookup()
    {
        var (table, key, sum) = (Fresh("h"), Whole(2), OwnNumber());
        if (random.Next(4) == 0)
        {
            Line($"{table} = [Collections.Generic.Dictionary[{Any("int", "long")},object]]::new(); 0..2 | ForEach-Object {{ "
                + $"{table}[$_] = $_ * {Number(1)} }}");
        }
        else Line($"{table} = {Any("", "", "[ordered]")}@{{ "
            + Any($"0 = {Number(1)}; 1 = {Number(1)}; 2 = {Number(0)}", $"-1 = {Constant()}; 0 = {Number(1)}; 1 = {Constant()}",
                $"1 = {Constant()}; 2 = {Constant()}; 3 = {Constant()}", $"0 = {Constant()}; 2 = {Number(1)}", "0 = 1; 1 = 4; 2 = 9",
                $"0L = {Constant()}; 1L = {Constant()}; 2 = 3", $"0 = {Number(0)}; 1 = {Constant()}; a = 1", $"{key} = {Number(1)}")
            + " }");
        Line(Any($"{sum} = {table}[{key}] ?? {Number(1)}", $"if ({table}.{Any("ContainsKey", "Contains")}({key})) {{ {sum} = {table}[{key}] }}",
            $"{table}[{key}] {Any("=", "+=")} {Number(1)}; {sum} = {table}.Count",
            $"foreach ($f in {List(0)}) {{ {sum} += {table}[{Any("[int]", "[long]", "")}[Math]::Floor($f)] }}",
            $"{table}.Remove({key}); {sum} = {table}.Count", $"{sum} += ({table}.Values | Measure-Object -Sum).Sum",
            $"{sum} = ({table}[{key}, 0] | Measure-Object -Sum).Sum", $"{sum} += {table}.({key})"));
        numbers.Add($"{table}[{Any("0", "1", Whole(0))}]");
    }

    /// <summary>Counts in places that depend on numbers.</summary>
    void Buckets()
    {
        var (bins, each) = (Fresh("b"), Fresh("e"));
        Line($"{bins} = {Any("@(0) * 3", "[int[]]::new(3)", "[double[]]::new(3)", "@(0.0, 1, 2)")}");
        var step = Any("+= 1", "++", $"= {Number(1)}");
        Line($"foreach ({each} in {List(0)}) {{ {bins}[[int][Math]::Abs([Math]::Floor({each})) % 3] {step} }}");
        lists.Add(bins);
        numbers.Add($"{bins}[{random.Next(3)}]");
    }
}
