using System.Management.Automation;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>Makes an <see cref="IterationRecord"/> again of one that went through Export-Clixml or a remote session.</summary>
/// <remarks>
/// Script blocks do not travel: text read from a file is not run. So the record's problem comes back only where it is one of the
/// gallery's; otherwise it is null.
/// </remarks>
public sealed class IterationRecordConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        destinationType == typeof(IterationRecord) && sourceValue is PSObject source && source.TypeNames.Contains("Deserialized.PhysOpt.IterationRecord");

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        var source = (PSObject)sourceValue;
        var problem = source.Properties[nameof(IterationRecord.Problem)]?.Value;
        return new IterationRecord
        {
            Method = Read<string>(source, nameof(IterationRecord.Method)) ?? "",
            Run = Read<int>(source, nameof(IterationRecord.Run)),
            Iteration = Read<int>(source, nameof(IterationRecord.Iteration)),
            Loss = Read<double>(source, nameof(IterationRecord.Loss)),
            GradientNorm = Read<double?>(source, nameof(IterationRecord.GradientNorm)),
            StepNorm = Read<double>(source, nameof(IterationRecord.StepNorm)),
            Evaluations = Read<long>(source, nameof(IterationRecord.Evaluations)),
            GradientEvaluations = Read<long>(source, nameof(IterationRecord.GradientEvaluations)),
            Elapsed = Read<TimeSpan>(source, nameof(IterationRecord.Elapsed)),
            Status = Read<TerminationReason>(source, nameof(IterationRecord.Status)),
            X = Read<Vector>(source, nameof(IterationRecord.X)) ?? throw new PSInvalidCastException("The record has no X."),
            Y = Read<Vector>(source, nameof(IterationRecord.Y)),
            Gradient = Read<Vector>(source, nameof(IterationRecord.Gradient)),
            Step = Read<Vector>(source, nameof(IterationRecord.Step)),
            Problem = problem is null ? null : FromGallery(PSObject.AsPSObject(problem)),
        };
    }

    /// <summary>The gallery's problem of that name, unless the description says that it was another of the same name.</summary>
    internal static OptimizationProblem? FromGallery(PSObject problem)
    {
        var found = ProblemGallery.Find(problem.ToString());
        return found is null || problem.Properties[nameof(OptimizationProblem.Description)] is { } description && !Equals(description.Value, found.Description)
            ? null
            : found;
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"An iteration record does not convert to {destinationType}.");

    static T? Read<T>(PSObject source, string property) =>
        source.Properties[property]?.Value is { } value ? (T)LanguagePrimitives.ConvertTo(value, typeof(T), System.Globalization.CultureInfo.InvariantCulture) : default;
}
