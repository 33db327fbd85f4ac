using System.Globalization;
using System.Text;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// A script block of n numbers that nobody wrote: statements, conditions, loops, lists, functions and what is captured, mixed at random.
/// What it says need not make sense, only be the same traced and untraced.
/// </summary>
internal sealed partial class RandomProgram
{
    /// <summary>What the programs find around them; some of it is changed between calls.</summary>
    internal const string Surroundings = """
        $gain = 2.0; $count = 3; $weights = 0.5, -1.0, 2.0, 1.5; $cfg = @{ min = -0.5; scale = 3.0; n = 4 }
        $rows = @(1.0, 2.0), @(3.0, -4.0); $record = [pscustomobject]@{ Low = -1.0; High = 2.0 }; $model = { param($t) 2 * $t - 1 }
        $grid = [double[,]]::new(2, 2); $grid[1, 0] = 1.5; $names = 'ab', 'b', 'ca'; Remove-Item alias:Twice -ErrorAction Ignore
        function Scale($gain, [double]$by) { $gain * $by + 1 }
        function Pick($v, [switch]$Up) { if ($Up) { return $v + 1 }; $v - 1 }
        function Both { param([double[]]$v, $w = 2) foreach ($each in $v) { if ($each -gt 0) { $each * $w } else { $each } } }
        function Total { begin { $t = 0 } process { $t += $_ } end { $t } }
        filter Twice { 2 * $_ }
        function Truthy($v) { if ($v) { 1.5 } else { -7.0 } }
        function Piped { param([Parameter(ValueFromPipeline)][double]$v, $w = 1.5) begin { $t = 0.0 } process { $t += $v * $w } end { $t } }
        function Limited { param([ValidateRange(-2, 2)][double]$v) $v }
        Set-Alias trt Truthy
        """;

    /// <summary>Statements that change what is captured.</summary>
    internal static readonly string[] Changes =
    [
        "$gain = 5.0", "$gain = 2.0", "$weights[1] = 4.0", "$cfg.scale = -1.0", "$cfg.extra = 1", "$rows[1][0] = 0.0",
        "$record.High = 0.25", "$grid[0, 1] = 2.0", "$names = 'b', 'ca'", "Set-Alias Twice Total",
        "Remove-Item alias:Twice -ErrorAction Ignore",
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
        switch (depth > 3 ? random.Next(6) : random.Next(57))
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
            case 27: SwitchText(); break;
            case 28: Labels(); break;
            case 29: Entries(); break;
            case 30: Records(); break;
            case 31: Jagged(); break;
            case 32: Splat(); break;
            case 33: Scopes(); break;
            case 34: Pipeline(); break;
            case 35: Caught(); break;
            case 36: Talk(); break;
            case 37: Maker(); break;
            case 38: Buckets(); break;
            case 39 or 40: Order(); break;
            case 41: Streams(); break;
            case 42 or 43: Views(); break;
            case 44 or 45: Inner(); break;
            case 46: SwitchValue(); break;
            case 47: ForOther(); break;
            case 48: Keyed(); break;
            case 49 or 50: Calls(); break;
            case 51: Choosing(); break;
            case 52: Lookup(); break;
            default: Line($"if ({Truth(1)}) {{ return {Number(2)} }}"); break;
        }

        depth--;
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
