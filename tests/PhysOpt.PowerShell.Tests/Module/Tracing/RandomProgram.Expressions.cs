namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <content>Numbers, whole numbers, truths and lists.</content>
internal sealed partial class RandomProgram
{
    string Number(int most)
    {
        if (most == 0) return Atom();
        return random.Next(56) switch
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
            32 => $"(1 / {Number(most - 1)})",
            33 => $"[Math]::Clamp({Number(most - 1)}, {Any("-1.0", "0.0", "-0.0")}, {Any("1.0", "0.5")})",
            34 => $"[Math]::{Any("CopySign", "Log", "Atan2")}({Number(most - 1)}, {Any("10", Number(0))})",
            35 => $"[Math]::Round({Number(most - 1)}, "
                + Any("[MidpointRounding]::ToZero)", "[MidpointRounding]::AwayFromZero)", "1, 'ToNegativeInfinity')", "2, 'ToPositiveInfinity')"),
            36 => Any("[double]::NaN", "[double]::PositiveInfinity", "-0.0", "(0.0 * -1)", "1e308", "[Math]::PI", "5e-324"),
            37 => $"({Number(most - 1)} * {Any("[single]0.1", "3L", "[byte]2", "'0.5'", "'-0'", "0x10", "1kb", "0.5d")})",
            38 => $"[double]({Whole(most - 1)} / {Any("2", "3", Whole(0))})",
            39 => $"({Any("$null", "$undefined", Number(0))} ?? {Number(most - 1)})",
            40 => $"({Truth(most - 1)} + {Number(most - 1)})",
            41 => $"({Number(most - 1)} {Any("+", "-", "*", "/")} {Truth(most - 1)})",
            42 => "(" + Any("${cfg}?.scale", "${weights}?[1]", "$cfg['scale']", "$grid[1, 0]", "$names.Count", "$names[0].Length")
                + $" + {Number(most - 1)})",
            43 => $"[Math]::{Any("Cbrt", "Log2", "Asinh", "Sinh")}({Number(most - 1)})",
            44 => $"[int][double]::{Any("IsNaN", "IsInfinity", "IsNegative", "IsInteger")}({Number(most - 1)})",
            45 => $"({List(0)}[0, {Any("1", "-1", "7", Whole(0))}] | Measure-Object -Sum).Sum",
            46 => $"({List(0)}.Where({{ $_ -{Relation()} {Number(0)} }}, '{Any("First", "Last")}') | Total)",
            47 => $"(Limited {Atom()})",
            _ => Atom(),
        };
    }

    string Whole(int most)
    {
        if (most == 0) return wholes.Count > 0 && random.Next(2) == 0 ? wholes[random.Next(wholes.Count)]
            : Any("0", "1", "2", "$count", "-1");
        return random.Next(11) switch
        {
            0 => $"[int]{Number(0)}",
            1 => $"[int][Math]::Floor({Number(most - 1)})",
            2 => $"({Whole(most - 1)} {Any("+", "*", "-", "%")} {Any("3", "2", Whole(most - 1))})",
            3 => $"(({Whole(most - 1)} % 3 + 3) % 3)",
            4 => $"[Math]::Sign({Number(most - 1)})",
            5 => $"({Whole(most - 1)} -{Any("band", "bor", "bxor", "shl")} {Any("3", "1", "2")})",
            6 => $"[int]({Whole(most - 1)} / {Any("2", "3")})",
            7 => Any($"[Math]::Abs({Whole(most - 1)})", $"[Math]::{Any("Max", "Min")}({Whole(most - 1)}, {Whole(0)})"),
            8 => $"[long]{Number(0)}",
            9 => $"(- {Whole(most - 1)})",
            _ => Whole(0),
        };
    }

    string Truth(int most)
    {
        if (most == 0) return Any(Atom(), $"({Atom()} -{Relation()} {Constant()})");
        return random.Next(17) switch
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
            11 => $"({List(0)} -{Relation()} {Constant()})",
            12 => $"({Any("$true", "$false")} -{Relation()} {Number(most - 1)})",
            13 => $"({Whole(most - 1)} -{Relation()} {Any(Whole(0), "'1'", Number(0))})",
            14 => $"[bool]({Any(Number(most - 1), List(0), $"@({Number(0)})", Whole(0))})",
            15 => $"({Number(most - 1)} -is {Any("[double]", "[int]", "[ValueType]")})",
            _ => $"({Truth(most - 1)} -eq {Truth(most - 1)})",
        };
    }

    string List(int most)
    {
        if (most == 0) return lists.Count > 0 ? lists[random.Next(lists.Count)] : "$weights";
        return random.Next(17) switch
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
            10 => $"({List(0)} | Select-Object -{Any("First", "Skip", "Last")} {Any("1", "2")})",
            11 => $"([double[]]({Number(most - 1)}, {Number(0)}) + {List(0)})",
            12 => $"@(foreach ($f in {List(0)}) {{ if ({Truth(0)}) {{ $f; {Number(0)} }} }})",
            13 => $"({List(0)} | ForEach-Object {{ if ($_ -{Relation()} {Number(0)}) {{ $_ }} }})",
            14 => $"@({Number(most - 1)}, $null, {Number(0)})[0..{Any("1", "2", "4")}]",
            15 => $"[int[]]@({Number(0)}, {Number(0)})",
            _ => List(0),
        };
    }
}
