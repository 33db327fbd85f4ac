using System.Linq.Expressions;
using System.Reflection;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Traced numbers of a new recording, for a script's variables; the module must be imported.</summary>
internal static class Tracers
{
    const BindingFlags NonPublic = BindingFlags.Instance | BindingFlags.NonPublic;

    static readonly Lazy<Func<double[], object>> Recorder = new(Constructor);

    internal static Array At(params double[] x)
    {
        var recorder = Recorder.Value(x);
        return (Array)recorder.GetType().GetProperty("Inputs", NonPublic)!.GetValue(recorder)!;
    }

    /// <summary>The constructor takes a span, which plain reflection cannot pass.</summary>
    static Func<double[], object> Constructor()
    {
        var type = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "PhysOpt")
            .GetType("PhysOpt.Tracing.Recording.Recorder", throwOnError: true)!;
        var x = Expression.Parameter(typeof(double[]));
        var constructor = type.GetConstructors(NonPublic).Single();
        return Expression.Lambda<Func<double[], object>>(
            Expression.New(constructor, Expression.Convert(x, typeof(ReadOnlySpan<double>)), Expression.Constant(1_000_000)), x).Compile();
    }
}
