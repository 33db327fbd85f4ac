using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// What may be handed to a method of .NET: an object that lives on after the call only to methods that are known not to write into their
/// arguments.
/// </summary>
internal static class Handing
{
    static readonly HashSet<Type> Readers =
    [
        typeof(System.Math), typeof(MathF), typeof(decimal), typeof(Half), typeof(string), typeof(object), typeof(Convert),
        typeof(TimeSpan), typeof(DateTime), typeof(Tuple), typeof(ValueTuple), typeof(Enumerable),
    ];

    static readonly HashSet<string> ReadingOfArray = new(StringComparer.OrdinalIgnoreCase)
    {
        "IndexOf", "LastIndexOf", "BinarySearch", "AsReadOnly", "CreateInstance", "Empty", "Equals", "ReferenceEquals", "new",
    };

    /// <summary>Refuses what a method of an object might write into.</summary>
    /// <exception cref="TraceRefusedException">An argument lives on after the call.</exception>
    internal static void Check(Frame f, object? target, string name, object?[] arguments)
    {
        if (arguments.Length == 0 || (KeepsOnly(target) && !name.Contains("CopyTo", StringComparison.OrdinalIgnoreCase))) return;
        foreach (var argument in arguments) Refuse(f, argument, name);
    }

    /// <summary>Refuses what a static method might write into.</summary>
    /// <exception cref="TraceRefusedException">An argument lives on after the call.</exception>
    internal static void Check(Frame f, Type type, string name, object?[] arguments)
    {
        if (arguments.Length == 0 || OnlyReads(type, name)) return;
        var target = !IsCopy(type, name) ? -1 : arguments.Length < 4 ? 1 : 2; // the others are where it copies from, and numbers
        for (var i = 0; i < arguments.Length; i++)
        {
            if (target < 0 || i == target) Refuse(f, arguments[i], $"[{type.Name}]::{name}");
        }
    }

    /// <summary>Calls a method with the real arrays and lists, and takes over what it changes in them.</summary>
    /// <param name="method">Its name, for people.</param>
    /// <param name="isReading">Whether it is known not to write into its arguments.</param>
    /// <param name="isLasting">Whether what it gives may look at its arguments later, or an object may that it belongs to.</param>
    /// <param name="given">The object that it belongs to, if any, and its arguments.</param>
    /// <param name="call">Calls it with what PowerShell is to be given for those.</param>
    /// <exception cref="TraceRefusedException">It might write into what the walk holds in another form.</exception>
    internal static object? Call(string method, bool isReading, bool isLasting, object?[] given, Func<object?[], object?> call)
    {
        object?[] real = [.. given.Select(PlainScript.Real)];
        for (var i = 0; i < given.Length && !isReading; i++)
        {
            if (given[i] is not (TypedArray { Plain: not null } or NumberList or BlockValue) && !ReferenceEquals(real[i], given[i]))
            {
                throw new TraceRefusedException($"It hands {Text.Kind(given[i])} that holds arrays or lists of numbers to {method}, which "
                    + "is not known to leave it as it is: use operators and indices");
            }
        }

        var result = call(real);
        for (var i = 0; i < given.Length; i++)
        {
            if (given[i] is NumberList list) list.TakeOver((IList)real[i]!);
            if (!isLasting || IsDone(result)) continue;
            (given[i] as TypedArray)?.KeptBy(method);
            (given[i] as NumberList)?.KeptBy(method);
        }

        return result;
    }

    /// <summary>True for what looks at nothing else any more.</summary>
    static bool IsDone(object? result) => result is null or string or decimal or TypedArray or Array
        || ReferenceEquals(result, Values.Nothing) || result.GetType() is { IsPrimitive: true } or { IsEnum: true }
        || (result.GetType() is { IsGenericType: true } type && (type.GetGenericTypeDefinition() == typeof(List<>)
            || type.GetGenericTypeDefinition() == typeof(HashSet<>) || type.GetGenericTypeDefinition() == typeof(Dictionary<,>)));

    /// <summary>[type]::name(arguments) of plain values.</summary>
    internal static object? Static(Type type, string name, object?[] arguments, CallCasts? casts) => arguments.Length == 0
        ? PlainScript.StaticCall(type, name, arguments, casts)
        : Call($"[{type.Name}]::{name}", OnlyReads(type, name), !Members.Is(name, "new") || !OnlyReads(type, name), arguments,
            real => PlainScript.StaticCall(type, name, real, casts));

    /// <summary>target.name(arguments) of plain values.</summary>
    internal static object? Instance(object target, string name, object?[] arguments, CallCasts? casts) =>
        target is string or ValueType or StringBuilder ? Call(name, isReading: true, isLasting: false, [target, .. arguments],
            real => PlainScript.Call(real[0], name, real[1..], casts))
        : Call(name, isReading: false, isLasting: true, [target, .. arguments],
            real => PlainScript.Call(real[0], name, real[1..], casts));

    /// <summary>True for static methods that neither write into their arguments nor give what writes into them.</summary>
    internal static bool OnlyReads(Type type, string name) =>
        type.IsPrimitive || Readers.Contains(type) || IsIn(type, "PhysOpt.") || (type == typeof(Array) && ReadingOfArray.Contains(name))
        || (Members.Is(name, "new") && !IsView(type) && (IsIn(type, "System.Collections.") || IsIn(type, "System.Numerics.")));

    static bool IsView(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var open
        && (open == typeof(Collection<>) || open == typeof(ReadOnlyCollection<>)
            || open == typeof(ReadOnlyDictionary<,>));

    static bool IsCopy(Type type, string name) => type == typeof(Array) && (Members.Is(name, "Copy") || Members.Is(name, "ConstrainedCopy"));

    /// <summary>True for objects whose methods keep or read what they are given, but for those that copy into it.</summary>
    static bool KeepsOnly(object? target) => target is null or string or ValueType or TracedNumber or TracedText or BlockValue or TypedArray
        or NumberList or Array or Field or Vector or Matrix or PSObject or StringBuilder or ScriptBlock
        || IsIn(target.GetType(), "System.Collections.") || IsIn(target.GetType(), "System.Tuple") || IsIn(target.GetType(), "PhysOpt.");

    static void Refuse(Frame f, object? argument, string method)
    {
        if (Indexing.HolderOf(f, argument) is { } name)
        {
            throw new TraceRefusedException($"It hands ${name} to {method}, which may change what lives on after the call: hand it a copy, "
                + $"such as ${name}.Clone()");
        }
    }

    static bool IsIn(Type type, string space) => type.FullName?.StartsWith(space, StringComparison.Ordinal) == true;
}
