using System.Management.Automation;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// Makes an <see cref="IterationRecord"/> again of one that went through Export-Clixml or a remote session.
/// </summary>
/// <remarks>
/// Script blocks do not travel: text read from a file is not run. So the record's problem comes back only where it is
/// one of the gallery's; otherwise it is null. The names of its variables come back by its columns.
/// </remarks>
public sealed class IterationRecordConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        destinationType == typeof(IterationRecord) && sourceValue is PSObject source
            && source.TypeNames.Contains("Deserialized.PhysOpt.IterationRecord");

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        try
        {
            return new RecordRows("Record").Read(sourceValue);
        }
        catch (ProblemException exception)
        {
            throw new PSInvalidCastException(exception.Message, exception);
        }
    }

    /// <summary>
    /// The gallery's problem of that name, unless the description says that it was another of the same name.
    /// </summary>
    internal static OptimizationProblem? FromGallery(PSObject problem)
    {
        var found = ProblemGallery.Find(problem.ToString());
        return found is null || problem.Properties[nameof(OptimizationProblem.Description)] is { } description
            && !Equals(description.Value, found.Description)
            ? null
            : found;
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"An iteration record does not convert to {destinationType}.");
}
