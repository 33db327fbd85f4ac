using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// PowerShell's own operations, for plain values: each is a small script that PowerShell compiles once and binds as it does anywhere.
/// </summary>
internal static class PlainScript
{
    static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, Type>> Parameters = new(StringComparer.OrdinalIgnoreCase);
    static readonly ConcurrentDictionary<string, ScriptBlock> Scripts = new(StringComparer.Ordinal);

    /// <summary>Lets PowerShell end the walk where the user has stopped the command.</summary>
    /// <exception cref="PipelineStoppedException">The user has.</exception>
    internal static void Pause() => Run("param($r) $r[0] = 0");

    /// <summary>True where strict mode is on in the session.</summary>
    internal static bool IsStrict() =>
        Run("param($r) try { $null = $PhysOptHasNoVariableOfThisName; $r[0] = $false } catch { $r[0] = $true }") is true;

    /// <summary>left operator right, such as "-replace" or "+".</summary>
    internal static object? Binary(string symbol, object? left, object? right) =>
        left is IDictionary && right is IDictionary // a sum has the very entries
            ? RunAsIs($"param($r, $a, $b) $r[0] = $a {symbol} $b", left, right)
            : Run($"param($r, $a, $b) $r[0] = $a {symbol} $b", left, right);

    /// <summary>left -match right, or its kin.</summary>
    /// <param name="symbol">The operator.</param>
    /// <param name="left">The text, or a list of texts.</param>
    /// <param name="right">The pattern.</param>
    /// <param name="matches">What is found in one text; null where nothing is.</param>
    internal static object? Matched(string symbol, object? left, object? right, out object? matches)
    {
        var found = new object?[1];
        var answer = Run($"param($r, $a, $b, $m) $Matches = $null; $r[0] = $a {symbol} $b; $m[0] = $Matches", left, right, found);
        matches = found[0] is PSObject wrapped ? wrapped.BaseObject : found[0];
        return answer;
    }

    /// <summary>Whether a clause of a switch with a constant takes a value.</summary>
    internal static bool IsSameText(object? value, object? constant, bool isCase) => Run(isCase
        ? "param($r, $a, $b) $r[0] = $false; switch -CaseSensitive (, $a) { $b { $r[0] = $true } }"
        : "param($r, $a, $b) $r[0] = $false; switch (, $a) { $b { $r[0] = $true } }", value, constant) is true;

    /// <summary>Checks a value by an attribute of a parameter.</summary>
    internal static void Validate(string attribute, object? value) => Run($"param($r, {attribute}$a) $r[0] = 0", value);

    /// <summary>Checks the argument of a mandatory parameter.</summary>
    internal static void Require(string declared, object? value) =>
        Run($"param($r, $v) $r[0] = & {{ param([Parameter(Mandatory)]{declared}$a) 0 }} $v", value);

    /// <summary>What a parameter of a type makes of an argument.</summary>
    internal static object? Bound(Type type, object? value) =>
        Run($"param($r, $v) $r[0] = & {{ param([{LanguagePrimitives.ConvertTo<string>(type)}]$a) , $a }} $v", value);

    /// <summary>What a [switch] makes of an argument.</summary>
    internal static bool Switched(object? value) => value as bool?
        ?? Run("param($r, $v) $r[0] = & { param([switch]$a) $a.IsPresent } -a:$v", value) is true;

    /// <summary>operator value, such as "-bnot".</summary>
    internal static object? Unary(string symbol, object? value) => Run($"param($r, $a) $r[0] = {symbol} $a", value);

    /// <summary>target[index].</summary>
    internal static object? Index(object? target, object? index) => Run("param($r, $a, $b) $r[0] = $a[$b]", target, index);

    /// <summary>target[indices], which stand between the brackets one by one or come as a list.</summary>
    internal static object? Index(object? target, object?[] indices, bool areListed) => !areListed ? Index(target, (object?)indices)
        : Run($"param($r, $o{Names(", ", indices)}) $r[0] = $o[{Names("", indices)}]", [target, .. indices]);

    /// <summary>target[index] = value.</summary>
    internal static void SetIndex(object? target, object? index, object? value) =>
        Run("param($r, $a, $b, $c) $a[$b] = $c", target, index, value);

    /// <summary>target.name.</summary>
    internal static object? Member(object? target, string name) => Run("param($r, $a, $b) $r[0] = $a.$b", target, name);

    /// <summary>target.name = value.</summary>
    internal static void SetMember(object? target, string name, object? value) =>
        Run("param($r, $a, $b, $c) $a.$b = $c", target, name, value);

    /// <summary>[type]::name.</summary>
    internal static object? StaticMember(Type type, string name) => Run("param($r, $a, $b) $r[0] = $a::$b", type, name);

    /// <summary>target.name(arguments), with the types that target and arguments are cast to where they stand.</summary>
    internal static object? Call(object? target, string name, object?[] arguments, CallCasts? casts = null) =>
        Run($"param($r, $o, $n{Names(", ", arguments)}) $r[0] = {Cast(casts?.Target, "$o")}.$n({Names("", arguments, casts)})",
            [target, name, .. arguments]);

    /// <summary>[type]::name(arguments), with the types that the arguments are cast to where they stand.</summary>
    internal static object? StaticCall(Type type, string name, object?[] arguments, CallCasts? casts = null) =>
        Run($"param($r, $o, $n{Names(", ", arguments)}) $r[0] = $o::$n({Names("", arguments, casts)})", [type, name, .. arguments]);

    /// <summary>A command with positional and named arguments, given some input; its output.</summary>
    internal static object?[] Command(string command, IReadOnlyList<object?> positional, IDictionary named, IReadOnlyList<object?>? input)
    {
        var given = new Hashtable(named.Count, StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry each in named) given[each.Key] = Real(each.Value);
        object?[] properties = [.. Values.List(named["Property"]) ?? [named["Property"]], .. positional];
        var copies = new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        object?[] arguments = [command, positional.Select(Real).ToArray(), given,
            input?.Select(each => Lent(each, properties, copies)).ToArray()];
        object? result;
        try
        {
            result = RunAsIs(input is null ? "param($r, $c, $p, $n, $i) $r[0] = @(& $c @p @n)"
                : "param($r, $c, $p, $n, $i) $r[0] = @($i | & $c @p @n)", arguments);
        }
        catch (ActionPreferenceStopException error)
        {
            // untraced it goes on where nothing says Stop, and no catch clause of the block is entered
            throw new TraceRefusedException($"{command} writes an error: {error.ErrorRecord}");
        }

        return [.. (result as object?[] ?? [result]).Select(each => Back(Values.Seen(each), copies, command))];
    }

    /// <summary>What a command is given for a value: a table itself, where it is asked only for plain entries; a copy is noted.</summary>
    static object? Lent(object? value, object?[] properties, Dictionary<object, object> copies)
    {
        if (value is Hashtable table && properties.OfType<string>().Any() && properties.All(each => each is null
            || (each is string name && !WildcardPattern.ContainsWildcardCharacters(name) && !Values.HoldsOwn(table[name])))) return value;
        var real = Real(value);
        if (real is not null && value is not TypedArray { Plain: not null } && !ReferenceEquals(real, value)) copies[real] = value!;
        return real;
    }

    /// <summary>What a command puts out: for a copy what it is a copy of.</summary>
    /// <exception cref="TraceRefusedException">Copies are inside of something else.</exception>
    static object? Back(object? value, Dictionary<object, object> copies, string command)
    {
        if (copies.Count == 0 || value is null or string or ValueType) return value;
        if (copies.TryGetValue(value, out var own)) return own;
        var isKeeping = value is PSObject { BaseObject: PSCustomObject } custom
            ? custom.Properties.Any(each => each.Value is { } inside
                && copies.ContainsKey(inside is PSObject wrapped ? wrapped.BaseObject : inside))
            : command.StartsWith("Group", StringComparison.OrdinalIgnoreCase);
        if (!isKeeping) return value;
        throw new TraceRefusedException($"{command} is given tables or lists that hold arrays or lists of numbers, and would "
            + "keep copies of them: give it numbers or text");
    }

    /// <summary>A command with arguments that are bound to its parameters, given some input; its output.</summary>
    internal static object?[] Command(string command, Arguments.Bound bound, IReadOnlyList<object?> input)
    {
        var named = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in bound.Named) named[name] = value;
        return Command(command, bound.Positional, named, input);
    }

    /// <summary>The parameters of a command, with their types.</summary>
    internal static IReadOnlyDictionary<string, Type> ParametersOf(string command) => Parameters.GetOrAdd(command, static name =>
        ((CommandInfo)Run("param($r, $n) $r[0] = Get-Command $n", name)!).Parameters.ToDictionary(each => each.Key, each =>
            each.Value.ParameterType));

    /// <summary>What PowerShell is given for a value: the real arrays and lists.</summary>
    internal static object? Real(object? value) => value switch
    {
        TypedArray { Plain: not null } array => array.Handed(),
        TypedArray or NumberList when Values.HoldsTraced(value) => throw new TraceRefusedException(
            $"It hands {Text.Kind(value)} with traced numbers to .NET, where they cannot be followed"),
        TypedArray array when array.Rank == 1 => RealArray(array),
        NumberList list => list.ToPlain(),
        BlockValue { Block: { } block } => block,
        ValueType number => WrittenNumber.WithText(number),
        TracedText => throw Text.Used(),
        TypedArray or BlockValue => throw new TraceRefusedException($"It hands {Text.Kind(value)} to .NET, where it cannot be followed"),
        object?[] list when Values.HoldsOwn(list) => list.Select(Real).ToArray(),
        Hashtable table when Values.HoldsOwn(table) => RealTable(table),
        _ => value,
    };

    static Array RealArray(TypedArray array)
    {
        var real = Array.CreateInstance(array.ElementType, array.Count);
        for (var i = 0; i < array.Count; i++) real.SetValue(Real(array[i]), i);
        return real;
    }

    static Hashtable RealTable(Hashtable table)
    {
        var real = new Hashtable(table.Count, StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry each in table) real[each.Key] = Real(each.Value);
        return real;
    }

    static string Names(string before, object?[] arguments, CallCasts? casts = null) => arguments.Length == 0 ? ""
        : before + string.Join(", ", arguments.Select((_, i) => Cast(casts?.Of(i), $"$a{i}")));

    static string Cast(Type? type, string name) => type is null ? name : $"([{LanguagePrimitives.ConvertTo<string>(type)}]{name})";

    /// <summary>A script of parameters and a statement, which ends by an error whatever the preference of the session is.</summary>
    internal static string Strict(string text) =>
        text.Insert(text.IndexOf(") ", StringComparison.Ordinal) + 2, "$ErrorActionPreference = 'Stop'; ");

    /// <summary>What a small script puts into the place that it is given: so that nothing, $null and lists stay what they are.</summary>
    static object? Run(string text, params object?[] arguments) => RunAsIs(text, [.. arguments.Select(Real)]);

    /// <summary>The same, where the arguments are what PowerShell is to be given.</summary>
    static object? RunAsIs(string text, params object?[] arguments)
    {
        var script = Scripts.GetOrAdd(text, static each => ScriptBlock.Create(Strict(each)));
        var result = new object?[1];
        _ = script.InvokeReturnAsIs([result, .. arguments]);
        return Values.Seen(result[0]);
    }
}
