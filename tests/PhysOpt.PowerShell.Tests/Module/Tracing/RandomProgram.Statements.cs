namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <content>Conditions, loops, errors and scopes.</content>
internal sealed partial class RandomProgram
{
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


    /// <summary>A switch on plain text, whose clauses compute.</summary>
    void SwitchText()
    {
        var value = OwnNumber();
        var isWild = random.Next(2) == 0;
        Line($"switch -{(isWild ? "Wildcard" : "Regex")} ({Any("$names", "'ab'", "$names[1]", "'b', 'zz'")}) {{");
        Line($"  {(isWild ? "'a*'" : "'^a'")} {{ {value} {Any("=", "+=")} {Number(1)}{Any("", "; continue", "; break")} }}");
        Line($"  {(isWild ? "'*b'" : "'b$'")} {{ {value} {Any("=", "*=")} {Number(1)} }}");
        Line($"  default {{ {value} = {Number(1)} }}");
        Line("}");
    }

    /// <summary>Loops inside loops, of which the inner one ends the outer one, or its turn.</summary>
    void Labels()
    {
        var (sum, i, j, label) = (OwnNumber(), Fresh("i"), Fresh("j"), $"L{names++}");
        Line($":{label} {Any($"foreach ({i} in 0..2) {{", $"for ({i} = 0; {i} -lt 3; {i}++) {{", $"foreach ({i} in 2, 1) {{")}");
        Line($"  foreach ({j} in 0..1) {{");
        var condition = Any($"{i} + {j} -gt {Number(1)}", Truth(1), $"{j} * {Number(0)} -ge {i}");
        Line($"    if ({condition}) {{ {Any("break", "continue")}{Any("", $" {label}")} }}");
        Line($"    {sum} {Any("+=", "*=", "=")} {Any($"{i} + {Number(1)}", $"{Number(1)} * {j}", Number(2))}");
        Line("  }");
        if (random.Next(2) == 0) Line($"  {sum} += {i}");
        Line("}");
    }

    /// <summary>Errors that are thrown, by the script or by PowerShell, and caught by their type or not.</summary>
    void Caught()
    {
        var value = OwnNumber();
        var failing = Any($"$null = 1 / {Whole(1)}", $"$null = {Whole(1)} % {Whole(1)}", $"if ({Truth(1)}) {{ throw 'no' }}",
            $"if ({Truth(1)}) {{ throw [Exception]::new('no') }}", $"$null = Limited {Atom()}",
            $"$ca = @(1.0, 2.0); $ca[{Whole(1)}] = {Number(1)}", $"$null = [int]([double]@({Number(1)})[0] * 1e9)");
        Line($"try {{ {failing}; {value} = {Number(1)} }}");
        var type = Any("DivideByZeroException", "InvalidOperationException", "System.Management.Automation.RuntimeException",
            "IndexOutOfRangeException");
        if (random.Next(2) == 0) Line($"catch [{type}] {{ {value} = {Number(1)} }}");
        Line($"catch {{ {value} = {Number(1)}{Any("", $"; if ({Truth(0)}) {{ {value} = 7.0 }}")} }}");
        if (random.Next(3) == 0) Line($"finally {{ {value} += {Number(1)} }}");
    }

    /// <summary>Variables of this scope and of others.</summary>
    void Scopes()
    {
        var value = OwnNumber();
        var (count, list) = (Number(1), List(0));
        Line(Any($"& {{ {value} = {count} }}", $". {{ {value} = {count} }}", $"& {{ {value} += {count}; {value} }} | Out-Null",
            $"{value} = & {{ param($t) $t + {count} }} {Atom()}", $"$local:{value[1..]} = {count}",
            $"{list} | ForEach-Object {{ {value} += $_ }}", $"{list}.ForEach({{ {value} += $_ }})",
            $"$null = {list} | Where-Object {{ {value} += 1; $_ -gt {count} }}", $"$null = {list} | Sort-Object {{ {value} += 1; $_ }}"));
    }

    /// <summary>Text that is shown and not used.</summary>
    void Talk() => Line(Any($"Write-Verbose ('{{0:f3}} {{1}}' -f {Atom()}, {Atom()})",
        $"$say = \"value $({Number(1)}) of {Atom()}\"; Write-Debug $say",
        $"[void]\"$({Atom()})\"", $"$null = {List(0)} -join ', '", $"Write-Host ({Atom()}).ToString() 6>$null"));
}
