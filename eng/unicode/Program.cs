using Recite.Unicode;

// Run from the root: eng/unicode/fetch && dotnet run --project eng/unicode -- artifacts/unicode eng/unicode/look-alikes.txt src/Recite.Indexing/Text/Internals
if (args.Length != 3)
{
    Console.Error.WriteLine("usage: GenerateTables DIRECTORY-WITH-UNICODE-FILES LOOK-ALIKES OUTPUT-DIRECTORY");
    return 2;
}

UnicodeDatabase database = UnicodeDatabase.Load(args[0]);
File.WriteAllBytes(Path.Combine(args[2], "UnicodeTables.bin"), TableGenerator.Generate(database));
File.WriteAllBytes(Path.Combine(args[2], "UnicodeTables2.bin"), TableGenerator.Generate(database, LookAlikes.Load(args[1])));
return 0;
