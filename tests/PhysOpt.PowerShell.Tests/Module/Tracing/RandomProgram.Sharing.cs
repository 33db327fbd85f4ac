namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <content>What acts at a distance: views and copies, the order of a pipeline, scopes, assignments inside of expressions.</content>
internal sealed partial class RandomProgram
{
    /// <summary>Commands that share a variable: who comes first shows in it.</summary>
    void Order()
    {
        var order = OwnNumber();
        var source = Any(List(1), "1..3", "$x", List(0));
        var second = Any($"ForEach-Object {{ {order} = 3 * {order} - $_; $_ }}", $"& {{ process {{ {order} = {order} / 2 + $_; $_ }} }}",
            $". {{ begin {{ {order} += {Number(0)} }} process {{ {order} = 2 - {order}; $_ }} end {{ {order} }} }}",
            $"Where-Object {{ {order} = 1 - {order}; $_ -{Relation()} {order} }}", $"Sort-Object {{ {order} += $_; $_ * {Number(0)} }}",
            $"Select-Object -{Any("First", "Skip", "SkipLast")} {Any("1", "2")}",
            $"ForEach-Object -Begin {{ {order} *= 2; {Number(0)} }} -Process {{ $_ }} -End {{ {order} }}");
        var middle = $"{source} | ForEach-Object {{ {order} = 2 * {order} + $_; {Any("$_", $"$_; {order}", Number(0))} }} | {second}";
        Line(Any($"$null = {middle}", $"foreach ($each in @({middle})) {{ {order} = {order} / 3 + $each }}",
            $"{order} = ({middle} | Total)", $"{order} = @({middle}).Count + {order}"));
    }

    /// <summary>Output that goes nowhere, streams that are thrown away, and what goes through a function as its input.</summary>
    void Streams()
    {
        var (name, kept) = ($"I{names++}", Fresh("v"));
        switch (random.Next(5))
        {
            case 0: Line($". {{ {kept} = {Number(1)}; {Number(0)} }} | Out-Null"); numbers.Add(kept); break;
            case 1: NewList($"@(& {{ Write-{Any("Verbose", "Warning", "Debug")} 'no'; {Number(1)} }} 3>$null 4>$null)"); break;
            case 2:
                Line($"function {name} {{ param($by) $sum = {Constant()}; foreach ($i in $input) {{ $sum = $sum * $by + $i }}; $sum }}");
                Assign($"({List(0)} | {name} {Atom()})");
                break;
            case 3:
                Line($"function {name} {{ {Any("$all = @($input); $all.Count; $all[-1]", "@($input)[0]", "$input | Total")} }}");
                Assign($"({List(0)} | {name} | Total)");
                break;
            default:
                Line($"function {name} {{ [CmdletBinding()] param([Parameter(ValueFromPipeline)]$v, {Any("$w = 2", "[double]$w = 0.5")}) "
                    + $"begin {{ $n = 0 }} process {{ $n++; if ($v -{Relation()} {Constant()}) {{ return }}; $v * $w }} "
                    + $"end {{ {Any("$n", "$v", "if ($n -gt 1) { $n }")} }} }}");
                NewList($"@({List(0)} | {name}{Any("", $" -w {Atom()}")})");
                break;
        }
    }

    /// <summary>Arrays and lists that .NET changes, copies or looks through.</summary>
    void Views()
    {
        var list = Fresh("y");
        var isList = random.Next(3) == 0;
        Line($"{list} = {(isList ? $"[Collections.Generic.List[{Any("double", "object")}]]@" : Any("@", "[double[]]", "[object[]]"))}"
            + $"({Number(1)}, {Number(0)}, {Any("0.5", Number(0))})");
        lists.Add(list);
        if (isList)
        {
            var part = Fresh("z");
            Line(Any($"{list}.Reverse()", $"{list}.Insert(1, {Number(0)})", $"{list}.RemoveAt(0)",
                $"{list}.AddRange([double[]]@({Number(0)}))", $"{list}.Clear(); {list}.Add(1.0)",
                $"{part} = {list}.ToArray(); {list}[0] = {Number(0)}; {list}.AddRange({part})",
                $"{part} = {list}.GetRange(0, 2); {part}[1] = {Number(0)}; {list}.Add({part}[1])"));
            Assign(Any($"{list}.Count", $"{list}[0]", $"{list}[-1]"));
            return;
        }

        var other = Fresh("z");
        Line(Any($"[Array]::Reverse({list})", $"[Array]::Sort({list})",
            $"{other} = {list}.Clone(); {other}[0] = {Number(0)}; {list}[1] = {other}[0]", $"{list}.SetValue({Number(0)}, 1)",
            $"{other} = {list}; {other}[2] = {Number(0)}", $"{other} = @({list}); {other}[2] = {Number(0)}",
            $"{other} = [double[]]::new(4); {list}.CopyTo({other}, 1); {list}[0] = {other}[3]",
            $"{other} = [object[]]::new(3); [Array]::Copy({list}, {other}, 3); {list}[0] = {other}[2]",
            $"{other} = , {list}; {other}[0][1] = {Number(0)}", $"{other} = {list} + {list}; {other}[0] = {Number(0)}",
            $"{other} = [double[]]{list}; {other}[0] = {Number(0)}", $"{other} = [object[]]{list}; {other}[0] = {Number(0)}",
            $"{other} = @{{ r = {list} }}; {other}.r[0] = {Number(0)}", $"({list})[1] {Any("=", "+=")} {Number(0)}"));
        Assign(Any($"{list}.Length", $"{list}.GetValue(1)", $"{list}[2]", $"({list} | Measure-Object -Sum).Sum"));
    }

    /// <summary>Assignments inside of expressions, to several names, to themselves and to nothing.</summary>
    void Inner()
    {
        var (a, b) = (OwnNumber(), OwnNumber());
        var list = OwnList();
        var i = Fresh("i");
        Line(Any($"{a}, {b} = {b}, {a}", $"{a} = {b} = {Number(1)}", $"if (({a} = {Number(1)}) -{Relation()} {b}) {{ {b} = {a} }}",
            $"{i} = 0; {list}[{i}++] {Any("=", "+=")} {Number(1)}; {a} = {list}[{i}]", $"{i} = $null; {i} += {Number(1)}; {a} = {i}",
            $"{i} = $null; {i} += @({Number(0)}, {Number(0)}); {a} = {i}[-1]", $"{a}, {i} = {List(0)}; {b} = {i}.Count",
            $"{a} = ({b} += {Number(0)}) * 2", $"{a} = {b}++ + {b}", $"{a} = --{b} * {b}",
            $"{list} += , @({Number(0)}, 2); {a} = {list}[-1][0]",
            $"{list}[0], {list}[1] = {list}[1], {list}[0]", $"{i} = @{{}}; {i}.k += {Number(1)}; {i}['k'] *= 2; {a} = {i}.k",
            $"{i} = {list}, {list}; {i}[0][1] = {Number(0)}; {a} = {i}[1][1]", $"$x[1] {Any("=", "+=", "*=")} {Number(0)}",
            $"{i} = {{ {a} = {Number(0)}; {a} }}; {b} = & {i}", $"{a} = {b} = {list}[0] = {Number(0)}",
            $"{a} = $({b} = {Number(0)}; {b} + 1)", $"{a} ??= {Number(0)}", $"{i} = $null; {i} ??= {Number(1)}; {a} = {i}"));
    }

    /// <summary>A switch whose clauses change what they ask, or whose output is what counts.</summary>
    void SwitchValue()
    {
        var (value, list) = (OwnNumber(), Fresh("l"));
        Line($"{list} = @(switch ({Any(List(0), Number(0), $"@({Number(0)}, {Number(0)})", "1..3", Whole(0))}) {{");
        Line($"  {Any("1", $"({Number(0)})", $"{{ {value} -{Relation()} $_ }}", "{ ($_ % 2) -eq 0 }")} {{ "
            + $"{Any("$_", $"$_ = {Number(0)}; $_", $"{value} += $_; {value}", Number(1))}{Any("", "; break", "; continue")} }}");
        Line($"  {{ $_ -{Relation()} {Number(0)} }} {{ {Any("$_ * 2", Number(1), $"{value} = $_")} }}");
        Line($"  {Any("default", "2")} {{ {Any(Number(1), "$_", "")} }}");
        Line("})");
        lists.Add(list);
        Assign($"({list}.Count + {value})");
    }

    /// <summary>Loops whose counters are numbers, lists or several.</summary>
    void ForOther()
    {
        var (sum, i, turns) = (OwnNumber(), Fresh("i"), Fresh("w"));
        Line($"{turns} = 0");
        Line(Any($"for ({i} = {Number(0)}; {i} -lt 2 -and {turns}++ -lt 4; {i} += {Any("0.5", "1", Number(0))}) {{",
            $"for ({i}, $back = 0, 3; {i} -lt $back; {i}++, $back--) {{", $"for (; {turns} -lt 2; {turns} += 1) {{ {i} = {turns}",
            $"for ({i} = @(); {i}.Count -lt 3 -and {turns}++ -lt 3; {i} += {Number(0)}) {{", $"foreach ({i} in 1..({Whole(0)} % 4)) {{",
            $"foreach ({i} in 0..({Whole(1)} % 3)) {{",
            $"foreach ({i} in @({List(0)} | Sort-Object)) {{ if ({turns}++ -gt 2) {{ break }}"));
        Inside(() => Line($"{sum} {Any("+=", "=", "-=")} {Any($"@({i})[-1] * {Number(0)}", Number(1), $"@({i}).Count")}"));
        Line("}");
        Assign($"({sum} + @({i}).Count)");
    }

    /// <summary>Tables with an order, and the dictionaries and queues of .NET.</summary>
    void Keyed()
    {
        var (table, a) = (Fresh("d"), OwnNumber());
        switch (random.Next(5))
        {
            case 0:
                Line($"{table} = [ordered]@{{ q = {Number(1)}; p = {Number(0)}; r = 1.0 }}");
                Line(Any($"{table}[{random.Next(3)}] = {Number(0)}", $"{table}.Insert(0, 's', {Number(0)})", $"{table}.Remove('p')",
                    $"{table}.RemoveAt(0)", $"{table}['t'] = {Number(0)}", $"{table}[0] += {Number(0)}"));
                Line($"{a} = {table}[0] + @({table}.Values)[-1] + {table}.Count");
                break;
            case 1:
                Line($"{table} = [Collections.Generic.Dictionary[string,object]]::new()");
                Line($"{table}[{Any("'1'", "1")}] = {Number(1)}; {table}['2'] = {Number(0)}");
                Line($"{a} = {table}[{Any("'1'", "1", "'2'")}] + {table}.Count + [int]{table}.ContainsKey('2')");
                break;
            case 2:
                Line($"{table} = [Collections.{Any("Generic.Stack[object]", "Generic.Queue[object]", "Stack", "Queue")}]::new()");
                Line($"foreach ($each in {List(0)}) {{ if ({table}.Count -lt 3) {{ "
                    + $"if ({table}.GetType().Name -like 'S*') {{ {table}.Push($each) }} else {{ {table}.Enqueue($each) }} }} }}");
                Line($"{a} = {table}.Peek() + {table}.Count");
                break;
            case 3:
                Line($"{table} = [Collections.ArrayList]@({Number(0)}, {Number(1)})");
                Line(Any($"[void]{table}.Add({Number(0)})", $"{table}.Reverse()", $"{table}.RemoveAt(0)", $"{table}[1] += {Number(0)}"));
                Line($"{a} = {table}[0] + {table}.Count");
                break;
            default:
                Line($"{table} = @{{ a = @{{ b = {Number(1)}; c = @({Number(0)}, 2) }} }}; "
                    + $"$also = {table}.a; $also.b {Any("=", "+=")} {Number(0)}");
                Line($"{table}.a.c[1] = {Number(0)}; $copy = {table}.Clone(); $copy.a = 1; {a} = {table}.a.b + {table}.a.c[1] + $copy.a");
                break;
        }
    }

    /// <summary>Functions that call themselves, look at what they were given, read what their caller has, or give several values.</summary>
    void Calls()
    {
        var (name, own) = ($"C{names++}", OwnNumber());
        switch (random.Next(7))
        {
            case 0:
                Line($"function {name}($v, $n) {{ if ($n -le 0 -or $v -{Relation()} {Constant()}) {{ return $v }}; "
                    + $"{name} ($v {Any("/ 2", "- 1", "* $v")}) ($n - 1) }}");
                Assign($"({name} {Atom()} {random.Next(4)})");
                break;
            case 1:
                Line($"function {name} {{ $sum = $args.Count; foreach ($a in $args) {{ $sum = $sum / 2 + $a }}; $sum }}");
                Assign($"({name} {Atom()}{Any("", $" {Atom()}", $" {Atom()} {Atom()}")})");
                break;
            case 2:
                Line($"function {name}($v = {Constant()}, $w = 2 * $v) {{ $PSBoundParameters.Count + $v * $w }}");
                Assign($"({name}{Any("", $" {Atom()}", $" -w {Atom()}", $" {Atom()} {Atom()}")})");
                break;
            case 3:
                Line($"function {name} {{ {own} {Any("+=", "=")} {Number(0)}; {own} * 2 }}");
                Assign($"({name})");
                break;
            case 4:
                var output = Any("$v; if ($v -gt 0) { -$v }", ", @($v, 1)", "@($v)", "return , @($v)", "$v, @($v, 2)", "if ($v) { $v }");
                Line($"function {name}($v) {{ {output} }}");
                NewList($"({name} {Atom()})");
                Assign($"(({name} {Atom()}) | Measure-Object).Count");
                break;
            case 5:
                var type = Any("int", "double", "bool", "double[]", "long", "object[]");
                Line($"function {name}([{type}]$v) {{ {Any("$v", "@($v)[0]", "@($v).Count")} }}");
                Assign($"(1 * ({name} {Any(Atom(), List(0), Whole(0))}))");
                break;
            default:
                Line($"function {name}($v) {{ try {{ if ($v -{Relation()} {Constant()}) {{ return {Constant()} }}; $v * 2 }} "
                    + "finally { $null = $v } }");
                Assign($"({name} {Atom()})");
                break;
        }
    }

    /// <summary>Commands that sort, choose or count.</summary>
    void Choosing()
    {
        var list = List(1);
        Assign(Any($"@({list} | Sort-Object {{ [Math]::Abs($_) }})[0]", $"(@({list}) -{Relation()} {Number(0)}).Count",
            $"({list} | Measure-Object -Sum -Average -Maximum | ForEach-Object {{ $_.Sum - $_.Maximum }})",
            $"({list} | ForEach-Object {{ [pscustomobject]@{{ v = $_; w = {Number(0)} }} }} | Sort-Object w | Select-Object -First 1).v",
            $"@({list} | Select-Object -Skip 1 -First 1)[0]", $"(@({list}) | Where-Object {{ $_ }} | Measure-Object).Count",
            $"[Math]::Max(@({list})[0], @({list}).Count)", $"@({list}).Where({{ $_ -{Relation()} {Number(0)} }}, 'First', 1)[0]",
            $"[double](@({list}).ForEach([double]) | Total)"));
    }
}
