using Recite.Unicode;

// Run from the root: eng/unicode/fetch && dotnet run --project eng/unicode -- artifacts/unicode src/Recite.Indexing/Text/Internals/UnicodeTables.bin
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: GenerateTables DIRECTORY-WITH-UNICODE-FILES OUTPUT-FILE");
    return 2;
}

File.WriteAllBytes(args[1], TableGenerator.Generate(UnicodeDatabase.Load(args[0])));
return 0;
