using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>A script block as the module holds it, with its record and by itself; the module must be imported.</summary>
internal sealed class RecordedBlock
{
    const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    readonly object map;
    object? traced;

    internal RecordedBlock(ScriptBlock block)
    {
        var type = Loaded("PhysOpt.PowerShell", "PhysOpt.PowerShell.ScriptBlocks.Calling.ScriptBlockMap");
        map = type.GetConstructors(Any).Single().Invoke([block, "Objective", null, null]);
    }

    /// <summary>Why it is not recorded, or no more; null where it is.</summary>
    internal string? Refusal => (string?)map.GetType().GetProperty("WhyNotTraced", Any)!.GetValue(map);

    /// <summary>True once it has been recorded.</summary>
    internal bool IsRecorded => traced is not null;

    /// <summary>Records the block at a point where it is not recorded, without asking it whether the record is right.</summary>
    internal void Record(double[] at) => traced ??= Call(map, "Trace", VectorOf(at), null);

    /// <summary>What the record gives, made anew where a comparison or a captured variable calls for it.</summary>
    internal object Traced(double[] at) => Outcome(() => Call(traced!, "Evaluate", VectorOf(at))!);

    /// <summary>What the block itself gives.</summary>
    internal object Plain(double[] at) => Outcome(() => Call(map, "Evaluate", VectorOf(at))!);

    /// <summary>That a record said something else than the block, and not that it could not be made.</summary>
    internal static bool IsContradiction(string refusal) => (refusal.StartsWith("It gives", StringComparison.Ordinal)
        || refusal.StartsWith("It returns", StringComparison.Ordinal)) && refusal.Contains(", but ", StringComparison.Ordinal);

    /// <summary>
    /// What a record, made where the block first gives numbers, says differently at one of some points; null where nothing, or where there
    /// is no record.
    /// </summary>
    /// <param name="points">The points.</param>
    /// <param name="refused">Is told why there is none.</param>
    /// <param name="rounding">What numbers may differ by, in parts of 1 or of a larger one.</param>
    internal string? Difference(double[][] points, Action<string> refused, double rounding = 0)
    {
        foreach (var point in points)
        {
            var plain = Plain(point);
            if (plain is double[]) Record(point);
            var given = IsRecorded ? Traced(point) : null;
            if (Refusal is { } refusal)
            {
                if (IsContradiction(refusal)) return refusal;
                refused(refusal);
                return null;
            }

            if (given is not null && !Same(plain, given, rounding))
                return $"at {Shown(point)} it gives {Shown(plain)}, its record {Shown(given)}";
        }

        return null;
    }

    /// <summary>The same numbers, or errors both; an error may be a number that is none.</summary>
    internal static bool Same(object plain, object given, double rounding) => plain is double[] a
        ? given is double[] b && a.Length == b.Length && a.Zip(b).All(each => each.First.Equals(each.Second)
            || double.Abs(each.First - each.Second) <= rounding * double.Max(1, double.Abs(each.First)))
        : given is not double[] c || !Array.TrueForAll(c, double.IsFinite);

    /// <summary>An outcome, or a point, in words.</summary>
    internal static string Shown(object outcome) => outcome is double[] numbers
        ? string.Join(' ', numbers.Select(each => each.ToString("R", CultureInfo.InvariantCulture))) : (string)outcome;

    /// <summary>Numbers, or the message of an error.</summary>
    static object Outcome(Func<object> evaluate)
    {
        try
        {
            return Call(evaluate(), "ToArray")!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException!.GetType().Name == "EvaluationException")
        {
            return exception.InnerException.Message;
        }
    }

    static object VectorOf(double[] numbers) => Activator.CreateInstance(Loaded("PhysOpt", "PhysOpt.Vector"), numbers)!;

    static Type Loaded(string assembly, string type) => AppDomain.CurrentDomain.GetAssemblies()
        .Single(each => each.GetName().Name == assembly).GetType(type, throwOnError: true)!;

    static object? Call(object target, string method, params object?[] arguments) =>
        target.GetType().GetMethods(Any).First(each => each.Name == method && each.GetParameters().Length == arguments.Length)
            .Invoke(target, arguments);
}
