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
