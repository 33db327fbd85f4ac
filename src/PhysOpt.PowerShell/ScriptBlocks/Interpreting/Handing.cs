using System.Management.Automation;
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

    /// <summary>True for static methods that neither write into their arguments nor give what writes into them.</summary>
    internal static bool OnlyReads(Type type, string name) =>
        type.IsPrimitive || Readers.Contains(type) || IsIn(type, "PhysOpt.") || (type == typeof(Array) && ReadingOfArray.Contains(name))
        || (Is(name, "new") && !IsView(type) && (IsIn(type, "System.Collections.") || IsIn(type, "System.Numerics.")));

    static bool IsView(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var open
        && (open == typeof(System.Collections.ObjectModel.Collection<>) || open == typeof(System.Collections.ObjectModel.ReadOnlyCollection<>)
            || open == typeof(System.Collections.ObjectModel.ReadOnlyDictionary<,>));

    static bool IsCopy(Type type, string name) => type == typeof(Array) && (Is(name, "Copy") || Is(name, "ConstrainedCopy"));

    /// <summary>True for objects whose methods keep or read what they are given, but for those that copy into it.</summary>
    static bool KeepsOnly(object? target) => target is null or string or ValueType or TracedNumber or TracedText or BlockValue or TypedArray
        or NumberList or Array or Field or Vector or Matrix or PSObject or System.Text.StringBuilder or ScriptBlock
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

    static bool Is(string name, string other) => Members.Is(name, other);
}
