using System.Globalization;
using System.Text;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// A script block of n numbers that nobody wrote: statements, conditions, loops, lists, functions and what is captured, mixed at random.
/// What
/// it says need not make sense, only be the same traced and untraced.
/// </summary>
internal sealed class RandomProgram
{
    /// <summary>What the programs find around them; some of it is changed between calls.</summary>
    internal const string Surroundings = """
        $gain = 2.0; $count = 3; $weights = 0.5, -1.0, 2.0, 1.5; $cfg = @{ min = -0.5; scale = 3.0; n = 4 }
        $rows = @(1.0, 2.0), @(3.0, -4.0); $record = [pscustomobject]@{ Low = -1.0; High = 2.0 }; $model = { param($t) 2 * $t - 1 }
        function Scale($gain, [double]$by) { $gain * $by + 1 }
        function Pick($v, [switch]$Up) { if ($Up) { return $v + 1 }; $v - 1 }
        function Both { param([double[]]$v, $w = 2) foreach ($each in $v) { if ($each -gt 0) { $each * $w } else { $each } } }
        function Total { begin { $t = 0 } process { $t += $_ } end { $t } }
        filter Twice { 2 * $_ }
        function Truthy($v) { if ($v) { 1.5 } else { -7.0 } }
        Set-Alias trt Truthy
        """;

    /// <summary>Statements that change what is captured.</summary>
    internal static readonly string[] Changes =
    [
        "$gain = 5.0", "$gain = 2.0", "$weights[1] = 4.0", "$cfg.scale = -1.0", "$cfg.extra = 1", "$rows[1][0] = 0.0",
            "$record.High = 0.25",
        "$model = { param($t) $t * $t }", "function Truthy($v) { if ($v) { 3.5 } else { 2.0 } }", "Set-Alias trt Scale", "$count = 2",
    ];

    readonly Random random;
    readonly StringBuilder text = new();
    readonly List<string> numbers = ["$x[0]", "$x[1]", "$x[-1]"];
    readonly List<string> lists = ["$x"];
    readonly List<string> wholes = [];
    int names;
    int depth;

    RandomProgram(Random random) => this.random = random;

    /// <summary>A program by its number.</summary>
    internal static string Of(int seed)
    {
        var program = new RandomProgram(new(seed));
        program.text.Append("{ param($x)\n");
        program.Statements(program.random.Next(2, 6));
        program.text.Append(program.Number(2)).Append("\n}");
        return program.text.ToString();
    }

    /// <summary>A point at which things happen: zeros of both signs, whole numbers, halves.</summary>
    internal static double[] Point(Random random) => [Coordinate(random), Coordinate(random), Coordinate(random)];

    static double Coordinate(Random random)
    {
        double[] special = [0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2, 2.5, -2, 3, 0.3, -0.3, 10, 1.3];
        return random.Next(3) > 0 ? special[random.Next(special.Length)] : double.Round(6 * random.NextDouble() - 3, 3);
    }

    void Statements(int count)
    {
        for (var i = 0; i < count; i++) Statement();
    }

    void Statement()
    {
        depth++;
        switch (depth > 3 ? random.Next(6) : random.Next(29))
        {
            case 0 or 1: Assign(Number(3)); break;
            case 2: Line($"{OwnNumber()} {Any("+=", "-=", "*=")} {Number(2)}"); break;
            case 3: NewList(List(2)); break;
            case 4: Line($"{OwnWhole()} = {Whole(2)}"); break;
            case 5: Line($"{OwnNumber()}{Any("++", "--")}"); break;
            case 6 or 7 or 8: If(); break;
            case 9: For(); break;
            case 10: ForEach(); break;
            case 11: While(); break;
            case 12 or 13: Switch(); break;
            case 14: Line($"{OwnList()}[{random.Next(2)}] = {Number(2)}"); break;
            case 15: Line($"{OwnList()} += {Number(2)}"); break;
            case 16: Collection(); break;
            case 17: Table(); break;
            case 18: Function(); break;
            case 19: Try(); break;
            case 20: Line($"{Fresh("p")}, {Name("n")} = {List(1)}"); break;
            case 21: Typed(); break;
            case 22: Line($"Write-Verbose \"at $({Number(1)}) of {{0}}\""); break;
            case 23: Alias(); break;
            case 24: Array(); break;
            case 25: Closure(); break;
            case 26: InPlace(); break;
            default: Line($"if ({Truth(1)}) {{ return {Number(2)} }}"); break;
        }

        depth--;
    }

    void If()
    {
        var name = OwnNumber();
        Line($"if ({Truth(2)}) {{");
        Inside(() => Line($"{name} = {Number(2)}"));
        if (random.Next(3) == 0)
        {
            Line($"}} elseif ({Truth(1)}) {{");
            Inside(() => Line($"{name} = {Number(2)}"));
        }

        Line("} else {");
        Inside(() => Line($"{name} = {Number(2)}"));
        Line("}");
    }

    void For()
    {
        var sum = OwnNumber();
        var i = Fresh("i");
        Line($"for ({i} = {random.Next(2)}; {i} -lt {Any("3", "$count", "$x.Count", "$cfg.n")}; {i}++) {{");
        Inside(() =>
        {
            if (random.Next(3) == 0) Line($"if ({Truth(1)}) {{ {Any("continue", "break")} }}");
            Line($"{sum} {Any("+=", "-=", "=")} {Any($"$x[{i}] * {Number(1)}", $"$weights[{i}] * {Number(1)}", Number(2))}");
        });
        Line("}");
    }

    void ForEach()
    {
        var (sum, each) = (OwnNumber(), Fresh("e"));
        Line($"foreach ({each} in {List(1)}) {{");
        numbers.Add(each);
        Inside(() => Line($"{sum} {Any("+=", "*=")} {Number(2)}"));
        numbers.Remove(each);
        Line("}");
    }

    void While()
    {
        var (value, turns) = (OwnNumber(), Fresh("w"));
        Line($"{turns} = 0");
        var kind = random.Next(3);
        Line(kind == 0 ? $"while ({turns}++ -lt 3 -and {Truth(1)}) {{" : "do {");
        Inside(() => Line($"{value} = {Number(2)} / 2"));
        Line(kind == 0 ? "}" : kind == 1 ? $"}} while ({turns}++ -lt 2 -and {Truth(1)})" : $"}} until ({turns}++ -ge 2 -or {Truth(1)})");
    }

    void Switch()
    {
        var value = OwnNumber();
        Line($"switch ({Any(Whole(1), $"[Math]::Round({Number(1)})", Number(1), List(1))}) {{");
        Line($"  {random.Next(3)} {{ {value} = {Number(1)} }}");
        if (random.Next(2) == 0) Line($"  {{ $_ -{Relation()} {Constant()} }} {{ {value} = $_ + {Number(1)}{Any("", "; break", "; continue")} }}");
        Line($"  default {{ {value} = {Number(1)} }}");
        Line("}");
    }

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

    void Try()
    {
        var value = OwnNumber();
        Line("try {");
        Inside(() =>
        {
            if (random.Next(2) == 0) Line($"if ({Truth(1)}) {{ throw \"no: $({Number(1)})\" }}");
            Line($"{value} = {Number(2)}");
        });
        Line($"}} catch {{ {value} = {Number(1)} }}{Any("", $" finally {{ {value} += 1 }}")}");
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

    void Inside(Action body)
    {
        var (n, l, w) = (numbers.Count, lists.Count, wholes.Count);
        if (random.Next(3) == 0 && depth < 3) Statement();
        body();
        // what was first given a value in here may have none after it
        if (random.Next(4) > 0)
        {
            numbers.RemoveRange(n, numbers.Count - n);
            lists.RemoveRange(l, lists.Count - l);
            wholes.RemoveRange(w, wholes.Count - w);
        }
    }

    string Number(int most)
    {
        if (most == 0) return Atom();
        return random.Next(36) switch
        {
            0 or 1 or 2 or 3 => $"({Number(most - 1)} {Any("+", "-", "*", "/", "+", "*")} {Number(most - 1)})",
            4 => $"(- {Number(most - 1)})",
            5 => $"[Math]::{Any("Sin", "Cos", "Abs", "Exp", "Floor", "Round", "Sqrt", "Atan", "Truncate", "Ceiling", "Tanh")}({Number(most - 1)})",
            6 => $"[Math]::{Any("Max", "Min")}({Any("0.5", "-1.0", Number(most - 1))}, {Number(most - 1)})",
            7 => $"[Math]::{Any("Pow", "Atan2")}({Number(most - 1)}, {Any("2", "3", "-1.0", Number(most - 1))})",
            8 => $"({Truth(most - 1)} ? {Number(most - 1)} : {Number(most - 1)})",
            9 => $"$(if ({Truth(most - 1)}) {{ {Number(most - 1)} }} else {{ {Number(most - 1)} }})",
            10 => $"(Scale {Atom()} {Atom()})",
            11 => $"({Any("Truthy", "trt")} {Atom()})",
            12 => $"(Pick {Atom()}{Any("", " -Up", $" -Up:$({Truth(0)})")})",
            13 => $"({List(most - 1)} | Measure-Object -{Any("Sum", "Average", "Maximum", "Minimum")}).{Any("Sum", "Average", "Maximum", "Minimum", "Count")}",
            14 => $"(& $model {Atom()})",
            15 => $"({List(most - 1)} | Total)",
            16 => $"({List(most - 1)})[{Any("0", "-1", "1", Whole(0))}]",
            17 => $"[double]({Any(Number(most - 1), $"[bool]{Atom()}", Whole(most - 1))})",
            18 => $"({List(most - 1)}).Count",
            19 => $"([int]({Truth(most - 1)}) * {Number(most - 1)})",
            20 => $"({Atom()} % {Any("3", "2.5", "$count", Atom())})",
            21 => $"({Any("$null", "$undefined", "$cfg.none")} + {Number(most - 1)})",
            22 => $"({Number(most - 1)} * {Any("$true", "'2'", "$null", "[int]1", "2L", "0.5")})",
            23 => $"[Math]::Sign({Number(most - 1)})",
            24 => $"({Any("$cfg.scale", "$record.High", "$rows[1][0]", "$gain")} * {Number(most - 1)})",
            25 => $"({List(most - 1)} | Sort-Object{Any("", " -Descending")} | Select-Object -{Any("First", "Last")} 1)",
            26 => $"({List(most - 1)}.Where({{ $_ -{Relation()} {Constant()} }}) | Total)",
            27 => Whole(most - 1),
            28 => $"({List(0)})[(({Whole(most - 1)} % 2) + 2) % 2]",
            29 => $"[Math]::Round({Number(most - 1)}, {Any("1", "2", "0, 'AwayFromZero'")})",
            30 => $"[double]::{Any("Max", "Min")}({Number(most - 1)}, {Any("1", Number(most - 1))})",
            31 => $"({List(0)}.ForEach({{ $_ {Any("+", "*")} {Number(0)} }}) | Total)",
            _ => Atom(),
        };
    }

    string Whole(int most)
    {
        if (most == 0) return wholes.Count > 0 && random.Next(2) == 0 ? wholes[random.Next(wholes.Count)]
            : Any("0", "1", "2", "$count", "-1");
        return random.Next(6) switch
        {
            0 => $"[int]{Number(0)}",
            1 => $"[int][Math]::Floor({Number(most - 1)})",
            2 => $"({Whole(most - 1)} {Any("+", "*", "-", "%")} {Any("3", "2", Whole(most - 1))})",
            3 => $"(({Whole(most - 1)} % 3 + 3) % 3)",
            4 => $"[Math]::Sign({Number(most - 1)})",
            _ => Whole(0),
        };
    }

    string Truth(int most)
    {
        if (most == 0) return Any(Atom(), $"({Atom()} -{Relation()} {Constant()})");
        return random.Next(12) switch
        {
            0 or 1 or 2 => $"({Number(most - 1)} -{Relation()} {Any(Constant(), Number(most - 1))})",
            3 => $"({Constant()} -{Relation()} {Number(most - 1)})",
            4 => $"({Truth(most - 1)} -{Any("and", "or", "xor")} {Truth(most - 1)})",
            5 => $"(!{Truth(most - 1)})",
            6 => Number(most - 1),
            7 => $"({Number(most - 1)} -{Any("in", "notin")} {List(0)})",
            8 => $"({List(0)} -{Any("contains", "notcontains")} {Any(Constant(), Number(0))})",
            9 => $"({Number(most - 1)} -{Relation()} {Any("$null", "$cfg.max", "$true", "'1'")})",
            10 => $"({Any("$null", "$undefined")} -{Relation()} {Number(most - 1)})",
            _ => $"({List(0)} -{Relation()} {Constant()})",
        };
    }

    string List(int most)
    {
        if (most == 0) return lists.Count > 0 ? lists[random.Next(lists.Count)] : "$weights";
        return random.Next(11) switch
        {
            0 => $"@({Number(most - 1)}, {Number(most - 1)})",
            1 => $"@({List(most - 1)} | ForEach-Object {{ $_ * {Number(0)} }})",
            2 => $"@({List(most - 1)} | Where-Object {{ $_ {Any($"-{Relation()} {Constant()}", "")} }})",
            3 => $"@(Both {List(0)} {Any("", Atom())})",
            4 => $"@({List(0)} | Twice)",
            5 => $"({List(0)} + {Number(most - 1)})",
            6 => $"(@({Number(0)}) * 2)",
            7 => $"{List(0)}[0..{random.Next(2)}]",
            8 => $"@(1..{Any("2", "3", "$count")} | ForEach-Object {{ $_ + {Number(0)} }})",
            9 => "$weights",
            _ => List(0),
        };
    }

    string Atom() => random.Next(6) == 0 ? Constant() : numbers[random.Next(numbers.Count)];

    string Constant() => random.Next(3) switch
    {
        0 => random.Next(-2, 4).ToString(CultureInfo.InvariantCulture),
        _ => Any("0.0", "1.0", "0.5", "-1.5", "2.0", "0.3", "1e-3", "3.0"),
    };

    string Relation() => Any("lt", "le", "gt", "ge", "eq", "ne");

    void Assign(string value) => Line($"{Name("n")} = {value}");

    void NewList(string value)
    {
        var name = Fresh("l");
        Line($"{name} = {value}");
        lists.Add(name);
    }

    /// <summary>A number of the program's own, which has a value.</summary>
    string OwnNumber()
    {
        string[] own = [.. numbers.Where(each => each.StartsWith("$n", StringComparison.Ordinal))];
        if (own.Length > 0 && random.Next(2) == 0) return own[random.Next(own.Length)];
        Assign(Any("0", "0.0", Number(1)));
        return numbers[^1];
    }

    string OwnWhole()
    {
        var name = Fresh("k");
        wholes.Add(name);
        return name;
    }

    string OwnList()
    {
        NewList($"@({Number(1)}, {Number(1)})");
        return lists[^1];
    }

    string Name(string kind)
    {
        var name = Fresh(kind);
        numbers.Add(name);
        return name;
    }

    string Fresh(string kind) => $"${kind}{names++}";

    string Any(params string[] choices) => choices[random.Next(choices.Length)];

    void Line(string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');
}
